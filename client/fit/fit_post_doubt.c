/* Two who hold one post at once: told, since the first may still have to be ended. */
#include "client/fit.h"
#include "common/change.h"
#include "common/codes.h"
#include "common/date.h"
#include "proto/record.pb-c.h"
#include <stdio.h>

/* Posts that one person holds at a time. */
static bool is_single(int64_t type)
{
    return type != HV__POST_TYPE__COMMUNE_DEPUTY && type != HV__POST_TYPE__CHI_HOI_DEPUTY &&
           type != HV__POST_TYPE__COLLABORATOR && type != HV__POST_TYPE__VOLUNTEER &&
           type != HV__POST_TYPE__DISTRICT_OFFICER && type != HV__POST_TYPE__PROVINCE_OFFICER;
}

/* [since, until): an absent day does not limit, a partial one leaves the benefit of the doubt. */
static bool before(const struct record *r, const struct record *other)
{
    int32_t until = (int32_t)record_number(r, "until"), since = (int32_t)record_number(other, "since");
    return until != 0 && since != 0 && date_first_day(until) <= date_last_day(since);
}

struct others {
    const struct record *post;
    size_t count;
};

static enum err look(void *context, const struct record *r, struct fault *f)
{
    struct others *x = context;
    const struct record *post = x->post;
    (void)f;
    x->count +=
        !id_equal(&r->id, &post->id) && record_number(r, "type") == record_number(post, "type") &&
        id_equal(record_reference_or_none(r, "group_id"), record_reference_or_none(post, "group_id")) &&
        !id_equal(record_reference_or_none(r, "officer_id"), record_reference_or_none(post, "officer_id")) &&
        !before(r, post) && !before(post, r);
    return ERR_OK;
}

enum err fit_post_doubt(struct client *c, struct arena *a, const struct record *r, char *out, size_t size,
                        struct fault *f)
{
    struct others x = {.post = r};
    const struct book_filter all = {.kind = &kind_post, .missing_field = -1};
    const struct code *type = code_by_value(post_type_codes, record_number(r, "type"));
    if (type == NULL || !is_single(type->value) || record_number(r, "voided") != 0)
        return ERR_OK;
    enum err e = book_each(c->book, a, &all, look, &x, f);
    if (e == ERR_OK && x.count > 0)
        snprintf(out, size,
                 c->ui.lang == LANG_EN
                     ? "Another holds the post \"%s\" at the same time; if that one has left "
                       "it, note the day: %s post edit ID --until DATE"
                     : "Chức danh \"%s\" này đang có người khác giữ cùng lúc; nếu người ấy đã "
                       "thôi, hãy ghi ngày thôi giữ chức: %s post edit MÃ --until NGÀY",
                 text_in(c->ui.lang, type->label), c->ui.program);
    return e;
}
