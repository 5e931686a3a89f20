/* A server with two devices of commune 31317 and one of 31318, all speaking by hand. */
#ifndef HV_TEST_SCENE_H
#define HV_TEST_SCENE_H

#include "common/os.h"
#include "tests/support/talk.h"

static struct server server;
static struct talk a, b, c; /* c is of the other commune */

static void scene_begin(void)
{
    struct database db;
    database_make(&db);
    world_make(&db);
    talk_make(&a, &db, "31317");
    talk_make(&b, &db, "31317");
    talk_make(&c, &db, "31318");
    server_start(&server, &db, NULL);
    talk_open(&a, &server);
    talk_open(&b, &server);
    talk_open(&c, &server);
}

static void scene_end(void)
{
    talk_close(&a);
    talk_close(&b);
    talk_close(&c);
    server_stop(&server);
}

static inline int64_t rows_in(const char *table)
{
    return sql_int(&server.db, "select count(*) from %s", table);
}

/* A group and a member that the server has of `t`. */
static inline void scene_settle(struct talk *t, struct id group, struct id member)
{
    talk_group(t, group, "Chi hội 1");
    talk_member(t, member, group, "Nguyễn Thị Hoa");
    cr_assert_eq(talk_pull(t)->n_verdict, 0);
    t->base = t->rev;
}

#endif
