/* Codes of communes in a text: each must be that of a commune of the province in whose stream, or in that of
 * one of whose communes, the record lies. */
#include "common/change.h"
#include "common/date.h"
#include "server/sync.h"

static int field_of_communes(const struct kind *kind)
{
    for (size_t i = 0; i < kind->field_count; i++)
        if (kind->fields[i].check == CHECK_COMMUNES)
            return (int)i;
    return -1;
}

/* Since when the record runs, as it will be; 0: it does not say. */
static int32_t since_of(const struct entry *e)
{
    const struct kind *kind = e->change->kind;
    int since = kind_field(kind, "since");
    uint64_t bit = since >= 0 ? field_bit(kind, (size_t)since) : 0;
    if ((e->change->set & bit) != 0)
        return (int32_t)e->change->values[since].i;
    return e->creates || (e->change->cleared & bit) != 0 ? 0
                                                         : (int32_t)record_int(&e->stored.record, since, 0);
}

enum err sync_communes(struct sync *s, size_t begin, size_t end, struct fault *f)
{
    struct call *c = s->call;
    const struct kind *kind = s->entries[begin].change->kind;
    int field = field_of_communes(kind);
    enum err err = ERR_OK;
    for (size_t i = begin; field >= 0 && err == ERR_OK && i < end; i++) {
        struct entry *e = &s->entries[i];
        bool known = true;
        if (e->code != ERR_OK || (e->change->set & field_bit(kind, (size_t)field)) == 0)
            continue;
        const struct value *codes = &e->change->values[field];
        err = store_communes_known(c->db, c->arena, s->lock.stream,
                                   (struct bytes){(const uint8_t *)codes->p, codes->n}, c->today, since_of(e),
                                   &known, f);
        if (err == ERR_OK && !known)
            entry_refuse(e, ERR_NO_SUCH_UNIT, field_number(kind, (size_t)field), 0);
    }
    return err;
}
