/* Random histories over every kind, drawn from the registry, on three devices of one commune, while the
 * province enters what is its own in the commune's stream. The model is short: of each field the later
 * arrival stands. Seed and length: HV_SEED, HV_STEPS. */
#include "tests/support/any.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

SUPPORT_CLUSTER

#define DEVICES 3
#define PENDING 3000

struct set {
    size_t kind;
    int record;
    size_t field;
    struct any_value value;
    bool creates; /* then `whole` is the record */
    struct any_record *whole;
};

/* Records by kind, the same numbers everywhere. */
struct state {
    struct any_record *records[ANY_KINDS];
};

struct device {
    struct client_device client;
    struct state view;
    struct set pending[PENDING];
    int pending_count;
};

static struct {
    struct state server;
    struct device devices[DEVICES];
    char reporter[PATH_ROOM];
    int count[ANY_KINDS];
    int serial;
    uint64_t random;
    struct server real;
} world;

static uint64_t below(uint64_t n)
{
    return random_below(&world.random, n);
}

static void apply(struct state *s, const struct set *x)
{
    struct any_record *r = &s->records[x->kind][x->record];
    if (x->creates)
        *r = *x->whole;
    else
        r->values[x->field] = x->value;
}

static void note(struct device *d, struct set x)
{
    cr_assert(d->pending_count < PENDING);
    apply(&d->view, &x);
    d->pending[d->pending_count++] = x;
}

static bool is_void(const struct any_record *r, const struct kind *kind)
{
    int voided = kind_field(kind, "voided");
    return voided >= 0 && strcmp(r->values[voided].text, "true") == 0;
}

/* Ids of a kind's records that are there and not void. */
static size_t known(const struct state *s, size_t k, const char *out[ANY_RECORDS])
{
    size_t n = 0;
    for (int i = 0; i < world.count[k]; i++)
        if (s->records[k][i].id[0] != '\0' && !is_void(&s->records[k][i], kinds[k]))
            out[n++] = s->records[k][i].id;
    return n;
}

static bool draw(const struct state *s, size_t k, size_t i, struct any_value *out)
{
    const char *candidates[ANY_RECORDS];
    const char *refers = kinds[k]->fields[i].refers;
    size_t n = refers != NULL ? known(s, kind_index(kind_by_name(refers)), candidates) : 0;
    return any_draw(&world.random, kinds[k], i, candidates, n, ++world.serial, out);
}

/* What a relation joins must not be joined already, by whichever device. */
static bool is_joined(size_t k, const struct any_value *values)
{
    for (int r = 0; r < world.count[k]; r++) {
        bool same = true;
        for (size_t i = 0; i < kinds[k]->field_count; i++)
            same &= !kinds[k]->fields[i].required ||
                    strcmp(world.devices[0].view.records[k][r].values[i].text, values[i].text) == 0;
        for (int other = 1; other < DEVICES && !same; other++) {
            same = true;
            for (size_t i = 0; i < kinds[k]->field_count; i++)
                same &= !kinds[k]->fields[i].required ||
                        strcmp(world.devices[other].view.records[k][r].values[i].text, values[i].text) == 0;
        }
        if (same)
            return true;
    }
    return false;
}

/* Values for a new record; false: there is not what it must refer to. */
static bool draw_record(const struct state *s, enum any_side side, size_t k, struct any_record *r)
{
    const struct kind *kind = kinds[k];
    for (size_t i = 0; i < kind->field_count; i++) {
        bool wanted = kind->fields[i].required ||
                      (any_owned(side, &kind->fields[i]) && strcmp(kind->fields[i].name, "voided") != 0 &&
                       strcmp(kind->fields[i].name, "parent_id") != 0 && below(2) == 0);
        if (wanted && !draw(s, k, i, &r->values[i]) && kind->fields[i].required)
            return false;
    }
    any_settle(kind, r->values);
    int own = kind_field(kind, side == ANY_COMMUNE ? "by_commune" : "by_province");
    if (own >= 0 && r->values[own].text[0] == '\0') /* who proposes agrees */
        snprintf(r->values[own].text, sizeof r->values[own].text, "true");
    return !kind->relation || !is_joined(k, r->values);
}

static void add(struct device *d, size_t k)
{
    struct any_record *r = calloc(1, sizeof *r);
    if (world.count[k] == ANY_RECORDS || !draw_record(&d->view, ANY_COMMUNE, k, r)) {
        free(r);
        return;
    }
    any_add(&d->client, kinds[k], r->values, r->id);
    note(d, (struct set){.kind = k, .record = world.count[k]++, .creates = true, .whole = r});
}

/* A record that is there, or -1. */
static int some_record(const struct state *s, size_t k)
{
    int list[ANY_RECORDS], n = 0;
    for (int i = 0; i < world.count[k]; i++)
        if (s->records[k][i].id[0] != '\0')
            list[n++] = i;
    return n > 0 ? list[below((uint64_t)n)] : -1;
}

static void edit(struct device *d, size_t k)
{
    const struct kind *kind = kinds[k];
    int record = some_record(&d->view, k);
    size_t i = below(kind->field_count);
    struct any_value one[ANY_FIELDS] = {0};
    if (record < 0 || !any_editable(ANY_COMMUNE, kind, i) || !draw(&d->view, k, i, &one[i]))
        return;
    const struct any_record *r = &d->view.records[k][record];
    free(hoivien_ok(&d->client, "%s edit %s%s", kind->name, r->id, any_options(kind, one)));
    const char *old = r->values[i].text[0] == '\0' && field_type(kind, i) == FIELD_BOOL
                          ? "false" /* an absent bool is false */
                          : r->values[i].text;
    if (strcmp(old, one[i].text) != 0)
        note(d, (struct set){.kind = k, .record = record, .field = i, .value = one[i]});
}

static void void_or_back(struct device *d, size_t k)
{
    const struct kind *kind = kinds[k];
    int record = some_record(&d->view, k), voided = kind_field(kind, "voided");
    if (record < 0 || voided < 0 || kind->fields[voided].owner == OWNER_PROVINCE ||
        kind_field(kind, "by_province") >= 0) /* what is agreed on is not voided */
        return;
    const struct any_record *r = &d->view.records[k][record];
    bool is = is_void(r, kind);
    free(hoivien_ok(&d->client, "%s void %s%s%s", kind->name, r->id, is ? " --undo" : "",
                    (kind == &kind_group || kind == &kind_household) && !is ? " --anyway" : ""));
    struct set x = {.kind = k, .record = record, .field = (size_t)voided};
    snprintf(x.value.text, sizeof x.value.text, "%s", is ? "false" : "true");
    note(d, x);
}

/* ---- what the province does; it arrives at once ---- */

static char *report_ok(const char *command)
{
    return run_ok("%s/client/hoivien-report --lang en --dir %s %s", HV_BIN, world.reporter, command);
}

static void province_add(size_t k)
{
    struct any_record *r = &world.server.records[k][world.count[k]], drawn = {0};
    const char *where = kinds[k]->home == HOME_PROVINCE ? "" : " --commune 31317";
    if (world.count[k] == ANY_RECORDS || !draw_record(&world.server, ANY_PROVINCE, k, &drawn))
        return;
    any_id(report_ok(words("%s add%s%s%s", kinds[k]->name, where, any_anyway(kinds[k]),
                           any_options(kinds[k], drawn.values))),
           drawn.id);
    *r = drawn;
    world.count[k]++;
}

static void province_edit(size_t k)
{
    const struct kind *kind = kinds[k];
    int record = some_record(&world.server, k);
    size_t i = below(kind->field_count);
    struct any_value one[ANY_FIELDS] = {0};
    if (record < 0 || !any_editable(ANY_PROVINCE, kind, i) || !draw(&world.server, k, i, &one[i]))
        return;
    struct any_record *r = &world.server.records[k][record];
    free(report_ok(words("%s edit %s --commune 31317%s", kind->name, r->id, any_options(kind, one))));
    if (r->values[i].text[0] != '\0' || field_type(kind, i) != FIELD_BOOL ||
        strcmp(one[i].text, "false") != 0)
        r->values[i] = one[i];
}

static void copy_state(struct state *to, const struct state *from)
{
    for (size_t k = 0; k < kind_count; k++)
        memcpy(to->records[k], from->records[k], ANY_RECORDS * sizeof *to->records[k]);
}

static void sync_device(struct device *d)
{
    free(hoivien_ok(&d->client, "sync --batch %d", 1 + (int)below(40)));
    for (int i = 0; i < d->pending_count; i++) {
        apply(&world.server, &d->pending[i]);
        free(d->pending[i].whole);
    }
    d->pending_count = 0;
    copy_state(&d->view, &world.server);
}

static void step(void)
{
    struct device *d = &world.devices[below(DEVICES)];
    size_t k = below(kind_count);
    uint64_t what = below(20);
    if (what < 3) {
        sync_device(d);
        return;
    }
    if (what < 6 && kinds[k]->shared) {
        if (any_creatable(ANY_PROVINCE, kinds[k]) && below(2) == 0)
            province_add(k);
        else
            province_edit(k);
    } else if (what < 12) {
        if (any_creatable(ANY_COMMUNE, kinds[k]))
            add(d, k);
    } else if (what < 18) {
        edit(d, k);
    } else if (any_creatable(ANY_COMMUNE, kinds[k])) {
        void_or_back(d, k);
    }
}

/* ---- comparing ---- */

/* A line of `export --plain` against the model. */
static void compare_line(size_t k, char *line)
{
    const struct kind *kind = kinds[k];
    const struct any_record *want = NULL;
    char *cell = strsep(&line, ",");
    for (int r = 0; r < world.count[k]; r++)
        if (strlen(cell) == 36 && strcmp(cell + 28, world.server.records[k][r].id) == 0)
            want = &world.server.records[k][r];
    cr_assert(want != NULL, "%s %s is not in the model", kind->name, cell);
    for (size_t i = 0; i < kind->field_count; i++) {
        const char *got = strsep(&line, ",");
        size_t n = got != NULL ? strlen(got) : 0;
        if (field_type(kind, i) == FIELD_ID && n == 36)
            got += n - 8;
        cr_assert(strcmp(got != NULL ? got : "", want->values[i].text) == 0,
                  "%s %s: %s is \"%s\", the model has \"%s\"", kind->name, want->id, kind->fields[i].name,
                  got != NULL ? got : "", want->values[i].text);
    }
}

static void compare_kind(const struct device *d, size_t k)
{
    char columns[2000] = "id";
    const struct kind *kind = kinds[k];
    int rows = 0;
    for (size_t i = 0; i < kind->field_count; i++) {
        strcat(columns, ",");
        strcat(columns, kind->fields[i].name);
    }
    char *all = hoivien_ok(&d->client, "%s export --plain --columns %s", kind->name, columns), *rest;
    strtok_r(all, "\r\n", &rest); /* headings */
    for (char *line; (line = strtok_r(NULL, "\r\n", &rest)) != NULL; rows++)
        compare_line(k, line);
    cr_assert_eq(rows, world.count[k], "%s: %d records, the model has %d", kind->name, rows, world.count[k]);
    cr_assert_eq(sql_int(&world.real.db, "select count(*) from %s", kind->table), world.count[k]);
    free(all);
}

static void compare_all(void)
{
    for (int round = 0; round < 2; round++)
        for (int d = 0; d < DEVICES; d++)
            sync_device(&world.devices[d]);
    for (size_t k = 0; k < kind_count; k++)
        for (int d = 0; d < DEVICES; d++)
            compare_kind(&world.devices[d], k);
    struct output o =
        run("%s/server/hoivien-admin --lang en --config %s/hoivien.conf verify", HV_BIN, world.real.folder);
    cr_assert(o.status == 0, "verify: %s%s", o.out, o.err);
    output_free(&o);
}

static void state_make(struct state *s)
{
    for (size_t k = 0; k < kind_count; k++)
        s->records[k] = calloc(ANY_RECORDS, sizeof *s->records[k]);
}

/* At least one record of each kind, in the order in which they refer to each other. */
static void begin_with_each(void)
{
    for (size_t k = 0; k < kind_count; k++)
        if (kinds[k] == &kind_plan || (kinds[k]->home == HOME_PROVINCE && kinds[k] != &kind_notice))
            province_add(k);
    sync_device(&world.devices[0]);
    for (size_t k = 0; k < kind_count; k++)
        if (any_creatable(ANY_COMMUNE, kinds[k]))
            add(&world.devices[0], k);
    for (int d = 0; d < DEVICES; d++)
        sync_device(&world.devices[d]);
    for (size_t k = 0; k < kind_count; k++)
        if (any_creatable(ANY_PROVINCE, kinds[k]))
            province_add(k);
    for (size_t k = 0; k < kind_count; k++)
        cr_assert(world.count[k] > 0 || kinds[k] == &kind_notice || kinds[k] == &kind_seen ||
                      kinds[k] == &kind_closing,
                  "no %s", kinds[k]->name);
}

static void world_begin(void)
{
    struct database db;
    setenv("HOIVIEN_TODAY", "2018-12-31", 1);
    world.random = seed_of_run();
    database_make(&db);
    world_make(&db);
    server_start(&world.real, &db, NULL);
    state_make(&world.server);
    for (int d = 0; d < DEVICES; d++) {
        state_make(&world.devices[d].view);
        device_make(&world.devices[d].client, &world.real, "31317", NULL);
    }
    scratch_make(world.reporter);
    char *code = world_code(&world.real, "93", "reporter");
    free(report_ok(words("init %s", code)));
    free(code);
    begin_with_each();
}

Test(kinds, random_histories_over_every_kind_agree_with_the_model)
{
    int steps = getenv("HV_STEPS") != NULL ? atoi(getenv("HV_STEPS")) : 500;
    world_begin();
    for (int i = 0; i < steps; i++) {
        step();
        if (i % 250 == 249)
            compare_all();
    }
    compare_all();
    server_stop(&world.real);
}
