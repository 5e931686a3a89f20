#include "common/change.h"
#include "common/check.h"
#include "proto/record.pb-c.h"
#include "server/sync_fit.h"
#include <string.h>

static bool is_void(const struct record *r)
{
    return record_int(r, kind_field(r->kind, "voided"), 0) != 0;
}

static bool names(const struct record *r, const char *field, struct id *out)
{
    const struct id *id = record_id(r, kind_field(r->kind, field));
    if (id != NULL)
        *out = *id;
    return id != NULL;
}

static void refuse(const struct fitting *x, enum err code, const char *field)
{
    const struct kind *kind = x->record->kind;
    entry_refuse(x->entry, code, field_number(kind, (size_t)kind_field(kind, field)), 0);
}

/* ---- posts and groups ---- */

static const char *field_of_group(const struct kind *kind)
{
    return kind == &kind_post ? "group_id" : "parent_id";
}

static bool its_group(const struct sync *s, const struct record *r, struct id *out)
{
    (void)s;
    return names(r, field_of_group(r->kind), out);
}

static bool itself(const struct sync *s, const struct record *r, struct id *out)
{
    (void)s;
    *out = r->id;
    return true;
}

static void group_fits(struct fitting *x)
{
    uint32_t types;
    bool is_found = fit_next(x);
    if (is_void(x->record) || (x->key != NULL && !is_found))
        return;
    int64_t type = is_found ? record_int(x->now, kind_field(&kind_group, "type"), 0) : 0;
    enum group_fit fit = check_group_fit(x->record, type, &types);
    if (fit != GROUP_FITS)
        refuse(x, fit == GROUP_MISSING ? ERR_MISSING : ERR_BAD_FORMAT, field_of_group(x->record->kind));
}

static bool nothing(const struct sync *s, const struct record *r, struct id *out)
{
    (void)s;
    (void)r;
    (void)out;
    return false;
}

static void post_is_the_units(struct fitting *x)
{
    int64_t type = record_int(x->record, kind_field(&kind_post, "type"), 0);
    if (check_post_of_province(type) != (x->sync->seat == SEAT_PROVINCE))
        refuse(x, ERR_BAD_FORMAT, "type");
}

static bool was_below(const struct fitting *x)
{
    const struct id *parent =
        x->other->before != NULL ? record_id(x->other->before, kind_field(&kind_group, "parent_id")) : NULL;
    return parent != NULL && id_equal(parent, x->key);
}

/* What is put below it only now is asked itself whether it fits. */
static void nothing_below(struct fitting *x)
{
    if (record_int(x->record, kind_field(&kind_group, "type"), 0) == HV__GROUP_KIND__CHI_HOI)
        return;
    while (fit_next(x))
        if (!is_void(x->now) && was_below(x)) {
            refuse(x, ERR_BAD_FORMAT, "type");
            return;
        }
}

/* ---- causes ---- */

static bool its_plan(const struct sync *s, const struct record *r, struct id *out)
{
    (void)s;
    return names(r, "plan_id", out);
}

/* Whether the record holds the place of its plan's main cause. */
static bool is_main(const struct record *r, const struct id *plan)
{
    const struct id *its = r != NULL ? record_id(r, kind_field(&kind_cause, "plan_id")) : NULL;
    return its != NULL && id_equal(its, plan) && !is_void(r) &&
           record_int(r, kind_field(&kind_cause, "main_cause"), 0) != 0;
}

/* Who holds the place keeps it; of two that come for it together the later is refused. */
static void main_alone(struct fitting *x)
{
    const struct entry *e = x->entry;
    if (x->key == NULL || !is_main(x->record, x->key) || (!e->creates && is_main(&e->stored.record, x->key)))
        return;
    while (fit_next(x)) {
        bool holds = is_main(x->other->before, x->key);
        if (is_main(x->now, x->key) && (holds || x->other->entry->change->number < e->change->number)) {
            refuse(x, ERR_EXISTS, "main_cause");
            return;
        }
    }
}

/* ---- the fund ---- */

static bool its_support(const struct sync *s, const struct record *r, struct id *out)
{
    (void)s;
    return names(r, "support_id", out);
}

static bool its_entry(const struct sync *s, const struct record *r, struct id *out)
{
    (void)s;
    return names(r, "entry_id", out);
}

static bool is_loan(const struct record *support)
{
    static const char loan[] = "loan";
    struct bytes type = record_text(support, kind_field(&kind_support, "type"));
    return type.n == sizeof loan - 1 && memcmp(type.p, loan, type.n) == 0;
}

static bool is_receipt(const struct record *entry)
{
    return record_int(entry, kind_field(&kind_entry, "type"), 0) == HV__ENTRY_TYPE__RECEIPT;
}

/* Fund money must not be collected while paying out a loan (HD 07/HD-ĐCT-TC, 2017); so no receipt names one,
 * and what a receipt names becomes none. */
static void no_loan(struct fitting *x)
{
    if (is_receipt(x->record) && fit_next(x) && is_loan(x->now))
        refuse(x, ERR_BAD_FORMAT, "support_id");
}

static void no_receipt(struct fitting *x)
{
    if (!is_loan(x->record) || is_void(x->record) || x->entry->creates)
        return;
    while (fit_next(x))
        if (is_receipt(x->now)) {
            refuse(x, ERR_BAD_FORMAT, "type");
            return;
        }
}

static void not_before_entry(struct fitting *x)
{
    if (x->entry->creates && fit_next(x) &&
        record_int(x->record, kind_field(&kind_reversal, "date"), 0) <
            record_int(x->now, kind_field(&kind_entry, "date"), 0))
        refuse(x, ERR_BAD_DATE, "date");
}

const struct fit_rule fit_rules[] = {
    {&kind_group, {"type", "parent_id", "voided"}, its_group, &kind_group, NULL, group_fits},
    {&kind_group, {"type"}, itself, &kind_group, "parent_id", nothing_below},
    {&kind_post, {"type"}, nothing, &kind_post, NULL, post_is_the_units},
    {&kind_post, {"type", "group_id"}, its_group, &kind_group, NULL, group_fits},
    {&kind_cause, {"plan_id", "main_cause", "voided"}, its_plan, &kind_cause, "plan_id", main_alone},
    {&kind_support, {"type", "voided"}, itself, &kind_entry, "support_id", no_receipt},
    {&kind_entry, {"type", "support_id"}, its_support, &kind_support, NULL, no_loan},
    {&kind_reversal, {"entry_id", "date"}, its_entry, &kind_entry, NULL, not_before_entry},
    {0},
};
