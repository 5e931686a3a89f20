/* Which records are likely one and the same. A list without ids that is read twice adds nobody twice. */
#include "client/fit.h"
#include "common/text.h"
#include <string.h>

#define MOST_FIELDS 6

/* `same`: equal, not given counting as a value of its own; `birth`: no contradiction between what both have;
 * `apart`: tells two of them apart where both have it. */
static const struct likeness_rule {
    const char *kind;
    const char *same[MOST_FIELDS];
    const char *birth;
    const char *apart;
    bool asked;
} rules[] = {
    {"member", {"name"}, "birth", "citizen_no", true},
    {"group", {"name", "parent_id"}, NULL, NULL, true},
    {"household", {"name"}, NULL, "address", true},
    {"officer", {"name"}, "birth", NULL, true},
    {"post", {"officer_id", "type", "group_id", "since"}, NULL, NULL, true},
    {"course", {"name", "date"}, NULL, NULL, true},
    {"activity", {"group_id", "date", "topic"}, NULL, NULL, true},
    {"programme", {"name"}, NULL, NULL, true},
    {"notice", {"name", "issued"}, NULL, NULL, true},
    {"plan", {"name"}, NULL, NULL, true},
    {"cause", {"plan_id", "cause"}, NULL, NULL, true},
    {"remedy", {"cause_id", "remedy"}, NULL, NULL, true},
    {"step", {"plan_id", "name"}, NULL, NULL, true},
    {"visit", {"plan_id", "date", "agreed"}, NULL, NULL, true},
    {"progress", {"plan_id", "date", "note"}, NULL, NULL, true},
    {"pairing", {"programme_id", "partner"}, NULL, NULL, true},
    {"support", {"member_id", "name", "type", "date"}, NULL, "persons", true},
    {"entry", {"type", "date", "amount", "member_id", "party", "group_id"}, NULL, "voucher", true},
    {"model", {"name"}, NULL, NULL, true},
    {"replication", {"model_id", "place"}, NULL, NULL, true},
    {"commendation", {"member_id", "officer_id", "group_id", "name", "award", "date"}, NULL, "level", true},
    {"event", {"member_id", "type", "date"}, NULL, NULL, false},
};

static const struct likeness_rule *rule_of(const struct kind *kind)
{
    for (size_t k = 0; k < sizeof rules / sizeof rules[0]; k++)
        if (strcmp(rules[k].kind, kind->name) == 0)
            return &rules[k];
    return NULL;
}

bool likeness_is_known(const struct kind *kind)
{
    return rule_of(kind) != NULL;
}

bool likeness_is_asked(const struct kind *kind)
{
    return rule_of(kind) != NULL && rule_of(kind)->asked;
}

/* Mixes a value into the key; names by their folded letters. */
static enum err mix(struct arena *a, const struct record *r, const char *name, uint64_t *key, struct fault *f)
{
    int i = kind_field(r->kind, name);
    struct bytes value = {NULL, 0}, text = record_text(r, i);
    int64_t number = 0;
    enum field_type type = field_type(r->kind, (size_t)i);
    if (!record_has(r, i))
        text.n = 0;
    else if (type == FIELD_TEXT && text_fold(a, (const char *)text.p, text.n, &value) != ERR_OK)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    else if (type == FIELD_ID)
        value = (struct bytes){record_id(r, i)->b, sizeof(struct id)};
    else if (type != FIELD_TEXT) {
        number = record_int(r, i, 0);
        value = (struct bytes){(const uint8_t *)&number, sizeof number};
    }
    *key = (*key ^ content_hash(value)) * UINT64_C(0x9e3779b97f4a7c15) + value.n;
    return ERR_OK;
}

enum err likeness_of(struct arena *a, const struct record *r, struct likeness *out, struct fault *f)
{
    const struct likeness_rule *rule = rule_of(r->kind);
    enum err e = ERR_OK;
    *out = (struct likeness){0};
    for (size_t k = 0; k < MOST_FIELDS && rule->same[k] != NULL && e == ERR_OK; k++)
        e = mix(a, r, rule->same[k], &out->key, f);
    int birth = rule->birth != NULL ? kind_field(r->kind, rule->birth) : -1;
    if (birth >= 0)
        out->birth = (int32_t)record_int(r, birth, 0);
    /* Where everybody has a year, namesakes by the hundred need not be compared one by one. */
    if (birth >= 0 && r->kind->fields[birth].required)
        out->key += (uint64_t)(out->birth / 10000) * UINT64_C(0x9e3779b97f4a7c15);
    if (e == ERR_OK && rule->apart != NULL && record_has(r, kind_field(r->kind, rule->apart))) {
        e = mix(a, r, rule->apart, &out->apart, f);
        out->apart |= 1;
    }
    return e;
}

/* Two dates of birth may be the same day when one lacks what the other has. */
static bool births_agree(int32_t a, int32_t b)
{
    int32_t month_a = a / 100 % 100, month_b = b / 100 % 100, day_a = a % 100, day_b = b % 100;
    if (a == 0 || b == 0)
        return true;
    bool months = month_a == 0 || month_b == 0 || month_a == month_b;
    return a / 10000 == b / 10000 && months &&
           (day_a == 0 || day_b == 0 || month_a == 0 || month_b == 0 || day_a == day_b);
}

bool likeness_equal(const struct likeness *x, const struct likeness *y)
{
    return x->key == y->key && births_agree(x->birth, y->birth) &&
           (x->apart == 0 || y->apart == 0 || x->apart == y->apart);
}

static const char *add_word(struct arena *a, const char *list, const struct kind *kind, const char *name,
                            enum lang lang)
{
    const char *label = text_in(lang, kind->fields[kind_field(kind, name)].label);
    return list == NULL ? NULL : arena_print(a, "%s%s%s", list, *list != '\0' ? ", " : "", label);
}

const char *likeness_words(struct arena *a, const struct kind *kind, enum lang lang)
{
    const struct likeness_rule *rule = rule_of(kind);
    const char *list = "";
    for (size_t k = 0; k < MOST_FIELDS && rule->same[k] != NULL; k++)
        list = add_word(a, list, kind, rule->same[k], lang);
    return rule->birth != NULL ? add_word(a, list, kind, rule->birth, lang) : list;
}
