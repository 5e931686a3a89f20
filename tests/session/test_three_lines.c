/* A field is three lines: message, migration, registry. Added to a copy of the tree, built, and seen to
 * travel: option, CSV, outbox, wire, store, and back to another device. */
#include "tests/support/support.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

SUPPORT_CLUSTER

/* Puts `line` behind the last line of `file` that contains `after` before the line that contains `before`. */
static void insert_line(const char *file, const char *from, const char *before, const char *line)
{
    free(run_ok("awk -v from='%s' -v before='%s' -v line='%s' '{ if (index($0, from)) inside = 1; if (inside "
                "&& index($0, before)) { print line; inside = 0 } print }' %s > %s.new && ! cmp -s "
                "%s %s.new && mv %s.new %s",
                from, before, line, file, file, file, file, file, file));
}

static void copy_tree(const char *to)
{
    free(run_ok("cd %s && tar -c CMakeLists.txt proto common server client | tar -x -C %s", HV_SOURCE, to));
}

static void build(const char *tree)
{
    free(run_ok(
        "cmake -S %s -B %s/build -G Ninja -DCMAKE_BUILD_TYPE=Debug >/dev/null && cmake --build %s/build",
        tree, tree, tree));
}

/* The copy's own programs instead of those under test. */
static char *device(const char *tree, const char *folder, const char *args)
{
    return run_ok("%s/build/client/hoivien --lang en --dir %s %s", tree, folder, args);
}

static void init_device(const char *tree, const char *folder, const struct server *s)
{
    char *code = world_code(s, "31317", "commune");
    free(device(tree, folder, words("init %s", code)));
    free(code);
}

Test(three_lines, a_new_field_travels_through_all_layers, .timeout = 280)
{
    char tree[PATH_ROOM], first[PATH_ROOM], second[PATH_ROOM];
    struct server s = {0};
    struct database db;
    scratch_make(tree);
    scratch_make(first);
    scratch_make(second);
    copy_tree(tree);
    insert_line(words("%s/proto/record.proto", tree), "message Member {", "}",
                "  optional string nickname = 60;");
    file_write(words("%s/server/migrations/9000_nickname.sql", tree),
               "alter table members add column nickname text;\n");
    insert_line(words("%s/common/kind_people.c", tree), "struct field member_fields", "};",
                "    {.name = \"nickname\", .label = {\"Tên thường gọi\", \"Nickname\"}},");
    build(tree);

    database_make(&db);
    world_make(&db);
    server_prepare(&s, &db, words("%s/build/server/hoivien-server", tree), NULL);
    free(run_ok("%s/build/server/hoivien-admin --config %s/hoivien.conf migrate", tree, s.folder));
    server_launch(&s);

    init_device(tree, first, &s);
    free(device(tree, first, "group add --name 'Chi hội 1' --type chi-hoi"));
    free(device(tree, first,
                "member add --name 'Nguyễn Thị Hoa' --birth 1970 --group 'Chi hội 1' --nickname 'Bé Ba'"));
    file_write(words("%s/list.csv", tree),
               "Họ và tên;Ngày sinh;Chi hội;Tên thường gọi\nTrần Thị Lan;1980;Chi hội 1;Út Lan\n");
    free(device(tree, first, words("member import %s/list.csv", tree)));
    free(device(tree, first, "sync"));
    cr_assert_str_eq(sql(&db, "select string_agg(nickname, '|' order by nickname) from members"),
                     "Bé Ba|Út Lan");

    init_device(tree, second, &s);
    char *list = device(tree, second, "member list --columns name,nickname --plain");
    cr_assert(strstr(list, "Nguyễn Thị Hoa,Bé Ba") != NULL && strstr(list, "Trần Thị Lan,Út Lan") != NULL,
              "%s", list);
    free(list);
    server_stop(&s);
}
