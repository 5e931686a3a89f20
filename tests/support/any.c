#include "tests/support/any.h"
#include "client/fit.h"
#include "common/ask.h"
#include "common/date.h"
#include <stdio.h>
#include <string.h>

bool any_owned(enum any_side side, const struct field *field)
{
    if (strcmp(field->name, "main_cause") == 0) /* one a plan */
        return false;
    return field->owner == OWNER_BOTH || (field->owner == OWNER_PROVINCE) == (side == ANY_PROVINCE);
}

/* Notices are noted as seen by the program itself; a year that is closed takes no more entries. */
bool any_creatable(enum any_side side, const struct kind *kind)
{
    if (kind->home == HOME_PROVINCE || (side == ANY_PROVINCE && !kind->shared) || kind == &kind_seen ||
        kind == &kind_closing)
        return false;
    for (size_t i = 0; i < kind->field_count; i++)
        if (kind->fields[i].required && !any_owned(side, &kind->fields[i]))
            return false;
    return true;
}

bool any_editable(enum any_side side, const struct kind *kind, size_t i)
{
    const struct field *x = &kind->fields[i];
    bool own = x->refers != NULL && kind_by_name(x->refers) == kind;
    bool joins =
        (kind->relation || kind_field(kind, "by_province") >= 0) && x->required; /* or may be agreed on */
    return kind != &kind_seen && !kind->append_only && kind->home != HOME_PROVINCE &&
           (side == ANY_COMMUNE || kind->shared) && any_owned(side, x) && !own && !joins &&
           strcmp(x->name, "voided") != 0 && x->check != CHECK_CITIZEN && (x->refers == NULL || !x->required);
}

/* What begins lies before 2013, what ends after it, so that no two edits make an end before its beginning. */
static int draw_year(uint64_t *random, const char *name)
{
    static const char *const begins[] = {"founded", "since", "starts", "opened", "started"};
    static const char *const ends[] = {"closed", "until", "ends", "deadline", "done_on", "reviewed"};
    for (size_t k = 0; k < sizeof begins / sizeof begins[0]; k++)
        if (strcmp(name, begins[k]) == 0)
            return 2009 + (int)random_below(random, 4);
    for (size_t k = 0; k < sizeof ends / sizeof ends[0]; k++)
        if (strcmp(name, ends[k]) == 0)
            return 2014 + (int)random_below(random, 4);
    return 2009 + (int)random_below(random, 9);
}

static void draw_date(uint64_t *random, const struct field *x, struct any_value *out)
{
    bool partial = x->check == CHECK_DATE;
    int year = draw_year(random, x->name), month = 1 + (int)random_below(random, 12),
        day = 1 + (int)random_below(random, 28);
    uint64_t form = partial ? random_below(random, 3) : 0;
    if (form == 0)
        snprintf(out->text, sizeof out->text, "%04d-%02d-%02d", year, month, day);
    else if (form == 1)
        snprintf(out->text, sizeof out->text, "%04d-%02d", year, month);
    else
        snprintf(out->text, sizeof out->text, "%04d", year);
}

static const struct code *draw_code(uint64_t *random, const struct code *codes)
{
    size_t n = 0;
    while (codes[n].token != NULL)
        n++;
    return &codes[random_below(random, n)];
}

static void draw_text(uint64_t *random, const struct field *x, int serial, struct any_value *out)
{
    unsigned long long n = random_below(random, 1000000);
    const char *form = "Nội dung %llu";
    if (strcmp(x->name, "target") == 0) { /* of a plan: one of the commune's */
        snprintf(out->text, sizeof out->text, "TW-50");
        return;
    }
    if (x->codes != NULL && n % 3 != 0) {
        snprintf(out->text, sizeof out->text, "%s", draw_code(random, x->codes)->token);
        return;
    }
    if (x->check == CHECK_NAME)
        form = "Trần Thị Số %llu";
    else if (x->check == CHECK_PHONE)
        form = "0912%06llu";
    else if (x->check == CHECK_TWO_DIGITS)
        form = "%02llu";
    else if (x->check == CHECK_COMMUNES)
        form = "3131%llu";
    else if (x->check == CHECK_CITIZEN)
        form = "093170%06llu";
    n = x->check == CHECK_CITIZEN || strcmp(x->name, "name") == 0 ? (unsigned long long)serial : n;
    n = x->check == CHECK_TWO_DIGITS ? 1 + n % 14 : x->check == CHECK_COMMUNES ? 7 + n % 2 : n;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    snprintf(out->text, sizeof out->text, form, n);
#pragma GCC diagnostic pop
}

static void draw_set(uint64_t *random, const struct code *codes, struct any_value *out)
{
    out->text[0] = '\0';
    for (const struct code *c = codes; c->token != NULL; c++)
        if (random_below(random, 4) == 0 && strlen(out->text) + strlen(c->token) + 2 < sizeof out->text) {
            strcat(out->text, out->text[0] != '\0' ? "+" : "");
            strcat(out->text, c->token);
        }
    if (out->text[0] == '\0')
        snprintf(out->text, sizeof out->text, "%s", codes->token);
}

/* Posts of those alone who may have any group or none, since posts and groups are drawn apart. */
static const char *draw_word(uint64_t *random, const struct kind *kind, size_t i)
{
    if (kind == &kind_post && strcmp(kind->fields[i].name, "type") == 0)
        return random_below(random, 2) != 0 ? "collaborator" : "volunteer";
    return draw_code(random, kind->fields[i].codes)->token;
}

bool any_draw(uint64_t *random, const struct kind *kind, size_t i, const char *const *candidates,
              size_t count, int serial, struct any_value *out)
{
    const struct field *x = &kind->fields[i];
    switch (field_type(kind, i)) {
    case FIELD_TEXT:
        draw_text(random, x, serial, out);
        return true;
    case FIELD_DATE:
        draw_date(random, x, out);
        return true;
    case FIELD_CODE:
        do
            snprintf(out->text, sizeof out->text, "%s", draw_word(random, kind, i));
        while (kind == &kind_member && strcmp(out->text, "not-yet") == 0); /* joining changes two records */
        return true;
    case FIELD_SET:
        draw_set(random, x->codes, out);
        return true;
    case FIELD_BOOL:
        snprintf(out->text, sizeof out->text, "%s", random_below(random, 2) != 0 ? "true" : "false");
        return true;
    case FIELD_ID:
        if (count > 0)
            snprintf(out->text, sizeof out->text, "%s", candidates[random_below(random, count)]);
        return count > 0;
    default:
        if (x->check == CHECK_YEAR)
            snprintf(out->text, sizeof out->text, "%d", draw_year(random, x->name));
        else if (x->check == CHECK_MEMBER_FIELD)
            snprintf(out->text, sizeof out->text, "%s", draw_code(random, ask_field_codes)->token);
        else
            snprintf(out->text, sizeof out->text, "%d", 1 + (int)random_below(random, 28));
        return true;
    }
}

/* ---- fields that must fit each other ---- */

static struct any_value *value_of(const struct kind *kind, struct any_value *values, const char *name)
{
    return &values[kind_field(kind, name)];
}

static bool is_empty(const struct kind *kind, struct any_value *values, const char *name)
{
    return value_of(kind, values, name)->text[0] == '\0';
}

static void put(const struct kind *kind, struct any_value *values, const char *name, const char *text)
{
    snprintf(value_of(kind, values, name)->text, sizeof values->text, "%s", text);
}

static void settle_entry(struct any_value *values)
{
    const struct kind *kind = &kind_entry;
    bool payment = strcmp(value_of(kind, values, "type")->text, "payment") == 0;
    bool dues = strcmp(value_of(kind, values, "source")->text, "dues") == 0;
    if (dues && (is_empty(kind, values, "member_id") || is_empty(kind, values, "dues_year") ||
                 strcmp(value_of(kind, values, "type")->text, "receipt") != 0)) {
        put(kind, values, "source", "other-lawful");
        dues = false;
    }
    if (!dues) {
        put(kind, values, "dues_year", "");
        put(kind, values, "dues_months", "");
    } else if (!is_empty(kind, values, "dues_months"))
        put(kind, values, "dues_months", "7");
    put(kind, values, payment ? "source" : "purpose", "");
    put(kind, values, "support_id", "");
    if (is_empty(kind, values, "group_id") && strcmp(value_of(kind, values, "level")->text, "group") == 0)
        put(kind, values, "level", "commune");
}

static void settle_rate(struct any_value *values)
{
    for (size_t i = 0; i < kind_rate.field_count; i++)
        if (kind_rate.fields[i].check == CHECK_PERCENT)
            values[i].text[0] = '\0';
    put(&kind_rate, values, "share_group", "40");
    put(&kind_rate, values, "share_commune", "60");
}

/* What the program would find out for itself. */
static void settle_plan(struct any_value *values)
{
    static const char *const found[][2] = {{"target", "TW-50"}, {"figure", "500"}, {"opened", "2010-01-01"}};
    for (size_t i = 0; i < sizeof found / sizeof found[0]; i++)
        if (is_empty(&kind_plan, values, found[i][0]))
            put(&kind_plan, values, found[i][0], found[i][1]);
}

void any_settle(const struct kind *kind, struct any_value *values)
{
    if (kind == &kind_rate)
        settle_rate(values);
    if (kind == &kind_support && is_empty(kind, values, "member_id") && is_empty(kind, values, "name"))
        put(kind, values, "persons", "3");
    if (kind == &kind_commendation && is_empty(kind, values, "member_id") &&
        is_empty(kind, values, "officer_id") && is_empty(kind, values, "group_id"))
        put(kind, values, "name", "Chi bộ ấp Một");
    if (kind == &kind_entry)
        settle_entry(values);
    if (kind == &kind_plan)
        settle_plan(values);
    if (kind == &kind_question && is_empty(kind, values, "date")) /* or it is of today */
        put(kind, values, "date", "2018-03-31");
    if (kind == &kind_reversal)
        put(kind, values, "date", "2018-06-30");
}

/* The option's name as the client makes it: group_id is --group. */
static void option_name(const struct kind *kind, size_t i, char out[64])
{
    snprintf(out, 64, "%s", kind->fields[i].name);
    size_t n = strlen(out);
    if (field_type(kind, i) == FIELD_ID && n > 3 && strcmp(out + n - 3, "_id") == 0)
        out[n - 3] = '\0';
    for (char *p = out; *p != '\0'; p++)
        *p = *p == '_' ? '-' : *p;
}

const char *any_options(const struct kind *kind, const struct any_value *values)
{
    static char ring[4][6000];
    static unsigned turn;
    char *out = ring[turn++ % 4], name[64];
    size_t at = 0;
    out[0] = '\0';
    for (size_t i = 0; i < kind->field_count; i++) {
        if (values[i].text[0] == '\0')
            continue;
        option_name(kind, i, name);
        at += (size_t)snprintf(out + at, sizeof ring[0] - at, " --%s '%s'", name, values[i].text);
    }
    return out;
}

void any_id(char *said, char id[ANY_SHORT])
{
    const char *p = strstr(said, "id ");
    cr_assert(p != NULL && sscanf(p, "id %8[0-9a-f]", id) == 1, "no id in: %s", said);
    free(said);
}

const char *any_anyway(const struct kind *kind)
{
    return likeness_is_asked(kind) ? " --anyway" : "";
}

void any_add(const struct client_device *d, const struct kind *kind, const struct any_value *values,
             char id[ANY_SHORT])
{
    any_id(hoivien_ok(d, "%s add%s%s", kind->name, any_anyway(kind), any_options(kind, values)), id);
}
