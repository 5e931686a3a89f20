#include "tests/support/desk.h"
#include "common/date.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

uint64_t office_below(struct office *o, uint64_t n)
{
    return random_below(&o->random, n);
}

int32_t office_day(const struct office *o, int days_from_today)
{
    return date_of_days(date_to_days(o->today) + days_from_today);
}

void desk_order(const struct desk *d, const char *command)
{
    struct output o = run("%s %s%s", d->program, command, d->options);
    cr_assert(o.status < 3 && (o.status == 0 || o.err[0] != '\0'), "%s%s: exit status %d\n%s%s", command,
              d->options, o.status, o.out, o.err);
    if (getenv("HV_TALK") != NULL && o.status != 0)
        fprintf(stderr, "%s%s\n  %s", command, d->options, o.err);
    d->office->done += o.status == 0;
    d->office->refused += o.status != 0;
    output_free(&o);
}

/* The fields of a record but for ids, as one text; of `row`. */
static void write_content(FILE *f, const struct kind *kind, const char *row)
{
    const char *before = "";
    for (size_t i = 0; i < kind->field_count; i++)
        if (field_type(kind, i) != FIELD_ID) {
            fprintf(f, "%scoalesce(%s.\"%s\", '')", before, row, kind->fields[i].name);
            before = " || '|' || ";
        }
    if (before[0] == '\0')
        fprintf(f, "''");
}

/* In an order that is the same in every run with the same seed, unlike that of ids: by what the record and
 * those that it refers to say. */
static void write_order(FILE *f, const struct kind *kind)
{
    fprintf(f, " order by ");
    write_content(f, kind, "x");
    for (size_t i = 0; i < kind->field_count; i++) {
        const struct kind *to = kind->fields[i].refers != NULL ? kind_by_name(kind->fields[i].refers) : NULL;
        if (to == NULL)
            continue;
        fprintf(f, ", (select ");
        write_content(f, to, "y");
        fprintf(f, " from %s y where y.id = x.\"%s\")", to->table, kind->fields[i].name);
    }
}

static void write_questions(const char *path)
{
    FILE *f = fopen(path, "w");
    cr_assert(f != NULL, "%s can't be written", path);
    for (size_t k = 0; k < kind_count; k++) {
        fprintf(f, "select %zu, substr(lower(hex(id)), 25), coalesce(%s, 0) from %s x%s", k,
                kinds[k] == &kind_group ? "type" : "0", kinds[k]->table,
                kind_field(kinds[k], "voided") >= 0 ? " where coalesce(voided, 0) = 0" : "");
        write_order(f, kinds[k]);
        fprintf(f, ";\n");
    }
    fclose(f);
}

/* From the register's file, which costs less than a command for each kind. */
void desk_look(const struct desk *d)
{
    struct office *o = d->office;
    const char *questions = words("%s/look.sql", o->scratch);
    write_questions(questions);
    char *all = run_ok("test ! -e %s || sqlite3 -separator ' ' %s < %s", d->register_file, d->register_file,
                       questions),
         *rest = all;
    memset(o->known, 0, sizeof o->known);
    for (char *line; (line = strsep(&rest, "\n")) != NULL && line[0] != '\0';) {
        struct desk_known *known = &o->known[strtoul(line, NULL, 10)];
        if (known->count < DESK_KNOWN &&
            sscanf(line, "%*u %8s %d", known->list[known->count].id, &known->list[known->count].type) == 2)
            known->count++;
    }
    free(all);
}

static const struct desk_known *known_of(const struct office *o, const struct kind *kind)
{
    return &o->known[kind_index(kind)];
}

const char *desk_some(const struct desk *d, const struct kind *kind, uint64_t most)
{
    const struct desk_known *known = known_of(d->office, kind);
    char text[200] = "";
    for (uint64_t n = 1 + office_below(d->office, most); n > 0 && known->count > 0; n--) {
        strcat(text, " ");
        strcat(text, known->list[office_below(d->office, (uint64_t)known->count)].id);
    }
    return words("%s", text);
}

/* ---- drawing ---- */

static bool is_one_of(const char *name, const char *const *list)
{
    for (; *list != NULL; list++)
        if (strcmp(name, *list) == 0)
            return true;
    return false;
}

static const char *const begins[] = {"founded",         "since",       "starts",         "opened",
                                     "residence_since", "card_issued", "citizen_issued", NULL},
                         *const ends[] = {"closed", "until", "ends", "deadline", "due", NULL},
                         *const past[] = {"party_since", "started", NULL};

/* What begins has begun for some time, what ends does so about now or later, the rest was lately. */
static void draw_date(struct office *o, const struct field *x, struct any_value *out)
{
    int days = -(int)office_below(o, 150);
    if (is_one_of(x->name, begins))
        days = -100 - (int)office_below(o, 900);
    else if (is_one_of(x->name, ends))
        days = (int)office_below(o, 400) - 60;
    else if (is_one_of(x->name, past))
        days = -(int)office_below(o, 1500);
    else if (strcmp(x->name, "birth") == 0)
        days = -7000 - (int)office_below(o, 25000);
    uint64_t form = x->check == CHECK_DATE ? office_below(o, 10) : 9;
    date_format(office_day(o, days), true, out->text);
    out->text[form == 0 ? 4 : form < 3 ? 7 : 10] = '\0';
}

/* Names that repeat, or differ in tones and capitals alone. */
static bool draw_name(struct office *o, const struct kind *kind, struct any_value *out)
{
    static const char *const groups[] = {"Chi hội ấp 1", "Chi hội ấp 2", "Tổ 3", "CLB Gia đình",
                                         "Nhóm tiết kiệm"},
                             *const women[] = {"Lê Thị Hòa", "LÊ THỊ HOÀ", "Lê Thị Hoa", "Phạm Thị Đào",
                                               "Phạm thị dao"};
    if (kind != &kind_group && kind != &kind_support)
        return false;
    snprintf(out->text, sizeof out->text, "%s", (kind == &kind_group ? groups : women)[office_below(o, 5)]);
    return true;
}

static bool draw(struct office *o, const struct kind *kind, size_t i, struct any_value *out)
{
    const struct field *x = &kind->fields[i];
    const char *ids[DESK_KNOWN];
    const struct desk_known *known = known_of(o, x->refers != NULL ? kind_by_name(x->refers) : kinds[0]);
    for (int n = 0; n < known->count; n++)
        ids[n] = known->list[n].id;
    if (field_type(kind, i) == FIELD_DATE) {
        draw_date(o, x, out);
        return true;
    }
    if (strcmp(x->name, "name") == 0 && draw_name(o, kind, out))
        return true;
    if (kind == &kind_member && strcmp(x->name, "category") == 0 && office_below(o, 5) == 0) {
        snprintf(out->text, sizeof out->text, "not-yet");
        return true;
    }
    if (kind == &kind_group && strcmp(x->name, "type") == 0 && office_below(o, 3) == 0) {
        snprintf(out->text, sizeof out->text, "chi-hoi");
        return true;
    }
    return any_draw(&o->random, kind, i, ids, (size_t)known->count, ++o->serial, out);
}

/* Heads of the groups that there are, and presidents; a province has none of them. */
static void settle_post(const struct desk *d, struct any_value *values)
{
    struct office *o = d->office;
    static const char *const heads[] = {"",          "chi-hoi-head", "to-head", "nhom-head",
                                        "club-head", "network-head", "to-head"};
    const struct desk_known *groups = known_of(o, &kind_group);
    int type = kind_field(&kind_post, "type"), group = kind_field(&kind_post, "group_id");
    if (d->commune == NULL) {
        strcpy(values[type].text, office_below(o, 3) == 0 ? "district-officer" : "province-officer");
        values[group].text[0] = '\0';
        return;
    }
    if (groups->count == 0 || office_below(o, 4) == 0) {
        strcpy(values[type].text, office_below(o, 3) == 0 ? "commune-deputy" : "commune-president");
        values[group].text[0] = '\0';
        return;
    }
    int n = (int)office_below(o, (uint64_t)groups->count);
    if (office_below(o, 5) != 0 && groups->list[n].type > 0 && groups->list[n].type < 7) {
        strcpy(values[type].text, heads[groups->list[n].type]);
        strcpy(values[group].text, groups->list[n].id);
    }
}

static void put(const struct kind *kind, struct any_value *values, const char *field, const char *text)
{
    snprintf(values[kind_field(kind, field)].text, sizeof values->text, "%s", text);
}

/* A day and a member for loans, and for money that is collected from her on that very day. */
static void on_loan_day(struct office *o, const struct kind *kind, struct any_value *values)
{
    char day[DATE_TEXT];
    date_format(office_day(o, -10), true, day);
    put(kind, values, "date", day);
    if (known_of(o, &kind_member)->count > 0)
        put(kind, values, "member_id", known_of(o, &kind_member)->list[0].id);
}

/* Some payments are for support, and many receipts are dues of about this year. */
static void settle_entry(struct office *o, struct any_value *values)
{
    int type = kind_field(&kind_entry, "type"), support = kind_field(&kind_entry, "support_id"),
        member = kind_field(&kind_entry, "member_id");
    if (office_below(o, 2) == 0)
        return;
    if (strcmp(values[type].text, "payment") == 0) {
        draw(o, &kind_entry, (size_t)support, &values[support]);
        return;
    }
    if (strcmp(values[type].text, "receipt") != 0 || !draw(o, &kind_entry, (size_t)member, &values[member]))
        return;
    if (office_below(o, 4) == 0)
        on_loan_day(o, &kind_entry, values);
    put(&kind_entry, values, "source", "dues");
    put(&kind_entry, values, "dues_year", words("%d", o->today / 10000 - (int)office_below(o, 2)));
    put(&kind_entry, values, "dues_months",
        office_below(o, 3) == 0 ? "" : words("%d", 1 + (int)office_below(o, 12)));
}

static void settle(const struct desk *d, const struct kind *kind, struct any_value *values)
{
    struct office *o = d->office;
    any_settle(kind, values);
    if (kind == &kind_post)
        settle_post(d, values);
    if (kind == &kind_entry)
        settle_entry(o, values);
    if (kind == &kind_support && office_below(o, 4) == 0) {
        put(kind, values, "type", "loan");
        on_loan_day(o, kind, values);
    }
    if (kind == &kind_reversal) {
        char text[DATE_TEXT];
        date_format(o->today, true, text);
        put(kind, values, "date", text);
    }
    if (kind == &kind_plan && office_below(o, 2) == 0)
        strcpy(values[kind_field(kind, "state")].text, "running");
}

/* `full`: everything that a record may have, but what ends it or takes her away. */
static bool is_wanted(const struct desk *d, const struct kind *kind, size_t i, bool full)
{
    static const char *const never[] = {"voided", "main_cause", NULL}, *const rarely[] = {"away_since",
                                                                                          "parent_id", NULL};
    const struct field *x = &kind->fields[i];
    if (x->required || x->needed)
        return true;
    if ((!any_owned(d->side, x) && d->commune != NULL) || is_one_of(x->name, never))
        return false;
    if (is_one_of(x->name, ends) || is_one_of(x->name, rarely))
        return office_below(d->office, 5) == 0;
    return full || office_below(d->office, 2) == 0;
}

static bool draw_record(const struct desk *d, const struct kind *kind, struct any_value *values)
{
    bool full = office_below(d->office, 6) == 0;
    memset(values, 0, ANY_FIELDS * sizeof *values);
    for (size_t i = 0; i < kind->field_count; i++)
        if (is_wanted(d, kind, i, full) && !draw(d->office, kind, i, &values[i]) && kind->fields[i].required)
            return false;
    settle(d, kind, values);
    return true;
}

/* ---- what is done ---- */

bool desk_may_enter(const struct desk *d, const struct kind *kind)
{
    if (kind == &kind_seen || kind == &kind_closing)
        return false;
    return d->commune == NULL ? kind->home != HOME_COMMUNE : any_creatable(d->side, kind);
}

void desk_enter(const struct desk *d, const struct kind *kind, uint64_t rows)
{
    struct any_value values[ANY_FIELDS];
    char path[2 * PATH_ROOM];
    size_t written = 0;
    snprintf(path, sizeof path, "%s/enter.csv", d->office->scratch);
    FILE *f = fopen(path, "w");
    cr_assert(f != NULL, "%s can't be written", path);
    for (size_t i = 0; i < kind->field_count; i++)
        fprintf(f, "%s%s", i > 0 ? "," : "", kind->fields[i].name);
    for (; written < rows && draw_record(d, kind, values); written++)
        for (size_t i = 0; i < kind->field_count; i++)
            fprintf(f, "%s\"%s\"", i > 0 ? "," : "\n", values[i].text);
    fprintf(f, "\n");
    fclose(f);
    if (written > 0)
        desk_order(d, words("%s import %s --anyway", kind->name, path));
}

void desk_edit(const struct desk *d, const struct kind *kind)
{
    struct any_value one[ANY_FIELDS] = {0};
    size_t i = office_below(d->office, kind->field_count);
    const char *name = kind->fields[i].name, *ids = desk_some(d, kind, 3);
    bool may = any_editable(d->side, kind, i) || (d->commune == NULL && !kind->append_only);
    if (ids[0] != '\0' && may && !is_one_of(name, begins) && strcmp(name, "voided") != 0 &&
        draw(d->office, kind, i, &one[i]))
        desk_order(d, words("%s edit%s%s", kind->name, ids, any_options(kind, one)));
}

void desk_void(const struct desk *d, const struct kind *kind)
{
    const char *ids = desk_some(d, kind, 2);
    if (ids[0] != '\0' && kind_field(kind, "voided") >= 0)
        desk_order(d, words("%s void%s%s", kind->name, ids, kind == &kind_group ? " --anyway" : ""));
}
