/* Whatever can be asked has its row in the table of handlers. */
#include "server/handle.h"
#include <criterion/criterion.h>

static bool is_body(const ProtobufCFieldDescriptor *f)
{
    return (f->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) != 0;
}

Test(handlers, each_request_has_one)
{
    size_t bodies = 0;
    for (unsigned i = 0; i < hv__request__descriptor.n_fields; i++) {
        const ProtobufCFieldDescriptor *f = &hv__request__descriptor.fields[i];
        if (!is_body(f))
            continue;
        const struct handler *h = handler_find((int)f->id);
        cr_assert(h != NULL, "nobody handles %s", f->name);
        cr_assert_str_eq(h->name, f->name);
        cr_assert(h->handle != NULL && h->roles != 0);
        bodies++;
    }
    cr_assert_eq(handler_count, bodies, "a row for what can't be asked, or two for one");
}

/* An unknown key never comes so far; were it to, it could ask for nothing. */
Test(handlers, none_is_for_nobody)
{
    for (size_t i = 0; i < handler_count; i++)
        cr_assert_eq(handlers[i].roles & ROLE_BIT(ROLE_NONE), 0, "%s", handlers[i].name);
}

/* The lane of reports may be served by a standby, which writes nothing. */
Test(handlers, reports_only_read)
{
    for (size_t i = 0; i < handler_count; i++)
        cr_assert(handlers[i].lane != LANE_REPORT || handlers[i].mode == MODE_READ, "%s", handlers[i].name);
}

Test(handlers, what_is_no_body_has_none)
{
    static const int others[] = {-1, 0, 1, 2, 30, 1000};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        cr_assert_null(handler_find(others[i]));
}
