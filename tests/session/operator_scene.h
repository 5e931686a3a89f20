/* A database of its own and hoivien-admin on it, for the tests of the operator's program. */
#ifndef HV_TEST_OPERATOR_SCENE_H
#define HV_TEST_OPERATOR_SCENE_H

#include "tests/support/support.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct server server;

static inline void begin(void)
{
    struct database db;
    setenv("HOIVIEN_TODAY", "2018-12-31", 1);
    database_make(&db);
    server_prepare(&server, &db, HV_BIN "/server/hoivien-server", NULL);
}

static inline struct output admin(const char *command)
{
    return run("%s/server/hoivien-admin --lang en --config %s/hoivien.conf %s", HV_BIN, server.folder,
               command);
}

static inline char *admin_ok(const char *command)
{
    struct output o = admin(command);
    cr_assert(o.status == 0, "hoivien-admin %s: exit status %d\n%s%s", command, o.status, o.out, o.err);
    free(o.err);
    return o.out;
}

static inline void expect_failure(const char *command, int status, const char *text)
{
    struct output o = admin(command);
    cr_assert_eq(o.status, status, "hoivien-admin %s: exit status %d\n%s%s", command, o.status, o.out, o.err);
    cr_assert(strstr(o.err, text) != NULL, "hoivien-admin %s does not say \"%s\":\n%s", command, text, o.err);
    output_free(&o);
}

static inline const char *file(const char *name, const char *text)
{
    const char *path = words("%s/%s", server.folder, name);
    file_write(path, text);
    return path;
}

#define UNIT_HEAD                                                                                            \
    "province_code,province_name,district_code,district_name,commune_code,commune_name,commune_type\n"
#define POPULATION_HEAD "unit,term_level,term,type,value,as_of,source\n"
#define TARGET_HEAD                                                                                          \
    "key,term_level,term,term_from,term_to,issuer,unit,title,form,measure,comparator,threshold,denominator," \
    "baseline_date,deadline,document,decides\n"

static inline void load_units(void)
{
    free(admin_ok(words("unit import --from 2004-01-01 %s",
                        file("units.csv", UNIT_HEAD
                             "93,Tỉnh Hậu Giang,930,Thành phố Vị Thanh,31317,Phường I,Phường\n"
                             "93,Tỉnh Hậu Giang,930,Thành phố Vị Thanh,31318,Phường III,Phường\n"))));
}

static inline void load_targets(void)
{
    free(admin_ok(words("target import %s",
                        file("targets.csv", TARGET_HEAD
                             "tw,centre,2017-2022,2017-03-07,2022-03-09,VN,,\"Không có cơ sở dưới 50 "
                             "%\",none-below,members,at-least,50,women-18-plus,,2022-03-09,NQ XII,yes\n"))));
}

#endif
