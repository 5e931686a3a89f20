/* What others changed: the log says which records, their tables say how they stand. */
#include "server/store_kind.h"

struct feed {
    int32_t stream;
    int32_t replica;
    kind_wanted *wanted;
    struct db_result *rows; /* log_feed.sql */
    size_t count;
    uint64_t stream_rev;
};

static void feed_free(struct feed *feed)
{
    db_free(&feed->rows);
}

static void param_kinds(struct db_params *p, kind_wanted *wanted)
{
    struct db_array x;
    size_t count = 0;
    if (wanted == NULL) {
        db_null(p, DB_INT2_ARRAY);
        return;
    }
    for (size_t i = 0; i < kind_count; i++)
        count += wanted(kinds[i]);
    db_array_begin(&x, p, DB_INT2, count, 0);
    for (size_t i = 0; i < kind_count; i++)
        if (wanted(kinds[i]))
            db_array_int(&x, kinds[i]->number);
    db_array_end(&x);
}

static enum err feed_read(struct db *db, struct arena *a, uint64_t since, uint64_t upto, size_t limit,
                          struct feed *out, struct fault *f)
{
    struct db_params p;
    db_params_begin(&p, a);
    db_int4(&p, out->stream);
    db_int4(&p, out->replica);
    db_int8(&p, (int64_t)since);
    db_int8(&p, (int64_t)upto);
    db_int4(&p, (int32_t)limit);
    param_kinds(&p, out->wanted);
    db_free(&out->rows);
    enum err err = db_run(db, "log_feed", &p, &out->rows, f);
    if (err != ERR_OK)
        return err;
    if (db_rows(out->rows) == 0)
        return fault(f, ERR_INTERNAL, "there is no stream %d", out->stream);
    out->stream_rev = (uint64_t)db_get_int8(out->rows, 0, 0);
    out->count = db_is_null(out->rows, 0, 1) ? 0 : (size_t)db_rows(out->rows);
    return ERR_OK;
}

static uint64_t feed_rev(const struct feed *feed, size_t i)
{
    return (uint64_t)db_get_int8(feed->rows, (int)i, 1);
}

/* Reads one row more than wanted to see whether there are more; then drops the last revision, which may be
 * cut through. If that was the only one, all of it is taken. */
static enum err feed_cut(struct db *db, struct arena *a, uint64_t since, size_t limit, struct feed *feed,
                         uint64_t *upto, bool *more, struct fault *f)
{
    enum err err = feed_read(db, a, since, INT64_MAX, limit + 1, feed, f);
    if (err != ERR_OK)
        return err;
    *more = feed->count > limit;
    *upto = feed->stream_rev;
    if (!*more)
        return ERR_OK;
    uint64_t last = feed_rev(feed, feed->count - 1);
    while (feed->count > 0 && feed_rev(feed, feed->count - 1) == last)
        feed->count--;
    if (feed->count == 0)
        err = feed_read(db, a, since, last, INT32_MAX, feed, f);
    if (err == ERR_OK)
        *upto = feed_rev(feed, feed->count - 1);
    return err;
}

static void gone_add(struct batch *out, const struct kind *kind, const struct id *id)
{
    out->gone[out->gone_count++] = (struct gone){kind->number, *id};
}

static void record_add(struct batch *out, const struct stored *s)
{
    out->changes[out->count++] = (struct change){.kind = s->record.kind,
                                                 .kind_number = s->record.kind->number,
                                                 .id = s->record.id,
                                                 .set = s->record.set,
                                                 .values = s->record.values};
}

/* Ids of the kind in the feed that are to be fetched; those that left go straight to `out`. */
static size_t feed_ids(const struct feed *feed, const struct kind *kind, struct id *ids, struct batch *out)
{
    size_t n = 0;
    for (int i = 0; i < (int)feed->count; i++) {
        if ((uint32_t)db_get_int4(feed->rows, i, 2) != kind->number)
            continue;
        struct id id = db_get_uuid(feed->rows, i, 3);
        if (db_get_bool(feed->rows, i, 4))
            gone_add(out, kind, &id);
        else
            ids[n++] = id;
    }
    return n;
}

static enum err pull_kind(struct db *db, struct arena *a, int32_t stream, const struct kind *kind,
                          const struct feed *feed, struct id *ids, struct batch *out, struct fault *f)
{
    size_t n = feed_ids(feed, kind, ids, out);
    struct stored *rows = arena_zero(a, n + 1, sizeof *rows);
    if (rows == NULL)
        return no_memory(f);
    enum err err = store_fetch(db, a, kind, ids, n, rows, f);
    for (size_t i = 0; i < n && err == ERR_OK; i++) {
        if (rows[i].found && rows[i].stream == stream)
            record_add(out, &rows[i]);
        else
            gone_add(out, kind, &ids[i]);
    }
    return err;
}

enum err store_pull(struct db *db, struct arena *a, int32_t stream, int32_t replica, uint64_t since,
                    size_t limit, kind_wanted *wanted, struct batch *out, uint64_t *upto, bool *more,
                    struct fault *f)
{
    __attribute__((cleanup(feed_free))) struct feed feed = {
        .stream = stream, .replica = replica, .wanted = wanted};
    *out = (struct batch){0};
    enum err err = feed_cut(db, a, since, limit, &feed, upto, more, f);
    if (err != ERR_OK)
        return err;
    struct id *ids = arena_zero(a, feed.count + 1, sizeof *ids);
    out->changes = arena_zero(a, feed.count + 1, sizeof *out->changes);
    out->gone = arena_zero(a, feed.count + 1, sizeof *out->gone);
    if (ids == NULL || out->changes == NULL || out->gone == NULL)
        return no_memory(f);
    for (size_t i = 0; i < kind_count && err == ERR_OK; i++)
        err = pull_kind(db, a, stream, kinds[i], &feed, ids, out, f);
    return err;
}
