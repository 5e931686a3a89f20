#include "server/statement.h"
#include "server/db.h"

unsigned statement_type(const struct kind *kind, size_t i)
{
    switch (field_type(kind, i)) {
    case FIELD_TEXT:
        return DB_TEXT;
    case FIELD_BOOL:
        return DB_BOOL;
    case FIELD_ID:
        return DB_UUID;
    case FIELD_INT:
        return kind->descriptor->fields[i].type == PROTOBUF_C_TYPE_INT64 ? DB_INT8 : DB_INT4;
    default:
        return DB_INT4;
    }
}

const char *statement_type_name(unsigned type)
{
    switch (type) {
    case DB_TEXT:
        return "text";
    case DB_BOOL:
        return "boolean";
    case DB_UUID:
        return "uuid";
    case DB_INT8:
        return "bigint";
    default:
        return "integer";
    }
}

typedef char *column_fn(struct arena *a, const char *before, const struct kind *kind, size_t i);

/* What `column` makes of each field, one behind the other. */
static char *each_field(struct arena *a, const struct kind *kind, column_fn *column)
{
    char *text = arena_print(a, "%s", "");
    for (size_t i = 0; i < kind->field_count && text != NULL; i++)
        text = column(a, text, kind, i);
    return text;
}

static char *column_name(struct arena *a, const char *before, const struct kind *kind, size_t i)
{
    return arena_print(a, "%s, %s", before, kind->fields[i].name);
}

static char *column_replaced(struct arena *a, const char *before, const struct kind *kind, size_t i)
{
    return arena_print(a, "%s, %s = excluded.%s", before, kind->fields[i].name, kind->fields[i].name);
}

static char *column_array(struct arena *a, const char *before, const struct kind *kind, size_t i)
{
    return arena_print(a, "%s, unnest($%zu::%s[])", before, i + 4,
                       statement_type_name(statement_type(kind, i)));
}

char *statement_fetch(struct arena *a, const struct kind *kind)
{
    const char *names = each_field(a, kind, column_name);
    if (names == NULL)
        return NULL;
    return arena_print(a, "select id, stream, rev%s from %s where id = any ($1::uuid[])", names, kind->table);
}

char *statement_exist(struct arena *a, const struct kind *kind)
{
    if (kind_is_read_below(kind))
        return arena_print(
            a,
            "select id from %s where id = any ($1::uuid[]) and stream in ("
            "with recursive up as (select id, parent from unit where id = $2::integer union "
            "select u.id, u.parent from up join unit u on u.id = up.parent) select id from up)",
            kind->table);
    return arena_print(a, "select id from %s where id = any ($1::uuid[]) and stream = $2::integer",
                       kind->table);
}

/* The arrays stand in the select list, not behind `from`: there each of them would be laid down in a store of
 * its own first, a third of the statement's time. A row of another stream would get no stream at all, which
 * its column does not allow: the statement fails as wrong data does. */
char *statement_put(struct arena *a, const struct kind *kind)
{
    const char *names = each_field(a, kind, column_name);
    const char *arrays = each_field(a, kind, column_array);
    const char *replaced = each_field(a, kind, column_replaced);
    if (names == NULL || arrays == NULL || replaced == NULL)
        return NULL;
    return arena_print(
        a,
        "insert into %s as t (stream, rev, id%s) select $1::integer, $2::bigint, unnest($3::uuid[])%s "
        "on conflict (id) do update set stream = case when t.stream = excluded.stream then t.stream end, "
        "rev = excluded.rev%s",
        kind->table, names, arrays, replaced);
}

char *statement_referring(struct arena *a, const struct kind *kind, const char *field)
{
    const char *names = each_field(a, kind, column_name);
    if (names == NULL)
        return NULL;
    return arena_print(
        a,
        "select id, stream, rev%s from %s where %s = any ($1::uuid[]) and stream = $2::integer "
        "order by %s",
        names, kind->table, field, field);
}

char *statement_all(struct arena *a, const struct kind *kind)
{
    const char *names = each_field(a, kind, column_name);
    const char *not_void = kind_field(kind, "voided") < 0 ? "" : " and voided is not true";
    const char *streams = !kind_is_read_below(kind)
                              ? "= $1::integer"
                              : "in (with recursive up as (select id, parent from unit where id = "
                                "$1::integer union select u.id, u.parent from up join unit u on u.id = "
                                "up.parent) select id from up)";
    if (names == NULL)
        return NULL;
    return arena_print(a, "select id, stream, rev%s from %s where stream %s%s order by id", names,
                       kind->table, streams, not_void);
}

char *statement_distinct(struct arena *a, const char *field)
{
    const struct kind *kind = kind_by_name(kind_member.fields[kind_field(&kind_member, field)].refers);
    return arena_print(a,
                       "select s.unit, count(distinct x.id) from standing s join %s m on m.id = s.member "
                       "join %s x on x.id = m.%s and x.voided is not true "
                       "where s.unit = any ($1::integer[]) and s.from_day <= $2::integer and s.to_day > $2 "
                       "and ($3::integer >> s.category) & 1 = 1 and not (s.away and $4::boolean) and s.flags "
                       "& $5::integer = $5 "
                       "group by s.unit",
                       kind_member.table, kind->table, field);
}
