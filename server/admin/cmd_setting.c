/* What the operator may set for all communes: rules that are configuration. */
#include "common/tally.h"
#include "server/admin/admin.h"
#include <stdlib.h>
#include <string.h>

static const struct setting {
    const char *name;
    int32_t least, most, usual;
    struct text_pair what;
} settings[] = {
    {"regular_percent",
     1,
     100,
     TALLY_REGULAR_PERCENT,
     {"dự từ bao nhiêu phần trăm số buổi thì coi là sinh hoạt thường xuyên",
      "from how many percent of the activities on somebody attends regularly"}},
};
#define SETTINGS (sizeof settings / sizeof settings[0])

static const struct setting *setting_by_name(const char *name)
{
    for (size_t i = 0; i < SETTINGS; i++)
        if (strcmp(settings[i].name, name) == 0)
            return &settings[i];
    return NULL;
}

static int32_t value_of(const struct db_result *r, const struct setting *s)
{
    for (int row = 0; row < db_rows(r); row++)
        if (strcmp(db_get_text(r, row, 0), s->name) == 0)
            return db_get_int4(r, row, 1);
    return s->usual;
}

enum err cmd_setting_list(void *program, const struct options *o, struct fault *f)
{
    DB_RESULT r = NULL;
    struct admin *m = program;
    enum err e = admin_open(m, o, f);
    if (e == ERR_OK)
        e = admin_run(m, "setting_list", NULL, &r, f);
    for (size_t i = 0; e == ERR_OK && i < SETTINGS; i++)
        printf("%s = %d  (%d-%d; %s)\n", settings[i].name, (int)value_of(r, &settings[i]),
               (int)settings[i].least, (int)settings[i].most, text_in(m->ui.lang, settings[i].what));
    return e;
}

static enum err value_read(const struct admin *m, const struct setting *s, const char *text, int32_t *out,
                           struct fault *f)
{
    char *end;
    long v = strtol(text, &end, 10);
    if (end == text || *end != '\0' || v < s->least || v > s->most)
        return ui_fault(&m->ui, f, ERR_USAGE, "%s nhận một số từ %d đến %d.",
                        "%s takes a number from %d to %d.", s->name, (int)s->least, (int)s->most);
    *out = (int32_t)v;
    return ERR_OK;
}

/* "a, b" */
static const char *setting_names(const struct admin *m)
{
    const char *list = "";
    for (size_t i = 0; i < SETTINGS; i++)
        list = arena_print(m->arena, "%s%s%s", list, i == 0 ? "" : ", ", settings[i].name);
    return list;
}

enum err cmd_setting_set(void *program, const struct options *o, struct fault *f)
{
    struct admin *m = program;
    struct db_params p;
    int32_t value = 0;
    const struct setting *s = o->arg_count == 2 ? setting_by_name(o->args[0]) : NULL;
    if (s == NULL && o->arg_count == 2)
        return ui_fault(
            &m->ui, f, ERR_USAGE,
            "Không có quy định nào tên %s; có: %s. Xem giá trị bằng: hoivien-admin setting list",
            "There is no setting %s; there are: %s. See their values by: hoivien-admin setting list",
            o->args[0], setting_names(m));
    if (s == NULL)
        return ui_fault(&m->ui, f, ERR_USAGE,
                        "Hãy cho tên và giá trị; xem các tên bằng: hoivien-admin setting list",
                        "Give a name and a value; see the names by: hoivien-admin setting list");
    enum err e = value_read(m, s, o->args[1], &value, f);
    if (e == ERR_OK)
        e = admin_open(m, o, f);
    if (e == ERR_OK)
        e = db_begin(m->db, false, f);
    if (e != ERR_OK)
        return e;
    db_params_begin(&p, m->arena);
    db_text(&p, s->name);
    db_int4(&p, value);
    if ((e = admin_run(m, "setting_set", &p, NULL, f)) == ERR_OK)
        e = admin_act(m, "setting", arena_print(m->arena, "name=%s value=%d", s->name, (int)value), f);
    if (e == ERR_OK)
        e = db_commit(m->db, f);
    if (e == ERR_OK)
        ui_say(&m->ui, "%s = %d; các xã biết khi đồng bộ.", "%s = %d; the communes learn it when they sync.",
               s->name, (int)value);
    return e;
}
