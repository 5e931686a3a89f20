/* What `hoivien-admin verify` recomputes. */
#include "proto/record.pb-c.h"
#include "tests/session/scene.h"

SUPPORT_CLUSTER

TestSuite(verify, .init = scene_begin, .fini = scene_end, .timeout = 120);

#define MANY_EVENTS 1100

/* She leaves and comes back, day after day, so that each event makes or ends an interval. */
Test(verify, all_events_of_a_member_are_looked_at)
{
    struct id group = os_new_id(), member = os_new_id();
    scene_settle(&a, group, member);
    for (int i = 0; i < MANY_EVENTS; i++) {
        struct change *e = talk_change(&a, &kind_event, os_new_id());
        put_id(&a, e, "member_id", member);
        put_int(e, "type", i % 2 == 0 ? HV__EVENT_TYPE__MOVED_OUT : HV__EVENT_TYPE__RETURNED);
        put_int(e, "date", (2000 + i / 336) * 10000 + (i / 28 % 12 + 1) * 100 + i % 28 + 1);
    }
    cr_assert_eq(talk_push(&a)->n_verdict, 0);
    cr_assert_eq(rows_in("standing"), MANY_EVENTS / 2 + 1);
    struct output o =
        run("%s/server/hoivien-admin --lang en --config %s/hoivien.conf verify", HV_BIN, server.folder);
    cr_assert_eq(o.status, 0, "%s%s", o.out, o.err);
    cr_assert_str_eq(o.out, "1 member checked: 0 differences.\n");
    output_free(&o);
}
