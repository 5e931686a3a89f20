#include "common/heads.h"
#include "common/change.h"
#include "common/date.h"
#include "common/text.h"
#include "proto/record.pb-c.h"
#include <stdlib.h>
#include <string.h>

static enum err no_memory(struct fault *f)
{
    return fault(f, ERR_NO_MEMORY, "no memory for the persons");
}

/* One letter tells ids of members, ids of officers and names apart. */
static enum err key_make(struct arena *a, char what, const void *p, size_t n, struct who *out,
                         struct fault *f)
{
    uint8_t *key = arena_alloc(a, n + 1);
    if (key == NULL)
        return no_memory(f);
    key[0] = (uint8_t)what;
    memcpy(key + 1, p, n);
    out->key = (struct bytes){key, n + 1};
    return ERR_OK;
}

static enum err who_is_member(struct arena *a, const struct people *people, const struct id *member,
                              int32_t day, struct who *out, struct fault *f)
{
    out->person = people_find(people, member);
    const struct interval *stands = out->person != NULL ? person_on(out->person, day) : NULL;
    out->member = stands != NULL && stands->category != HV__CATEGORY__NOT_YET;
    return key_make(a, 'm', member->b, sizeof member->b, out, f);
}

static enum err who_has_name(struct arena *a, const struct record *r, struct who *out, struct fault *f)
{
    struct bytes name = record_text(r, kind_field(r->kind, "name")), folded = {NULL, 0};
    if (name.n == 0)
        return ERR_OK;
    if (text_fold(a, (const char *)name.p, name.n, &folded) != ERR_OK)
        return no_memory(f);
    return key_make(a, 'n', folded.p, folded.n, out, f);
}

enum err who_of(struct arena *a, const struct people *people, const struct records *officers,
                const struct record *r, int32_t day, struct who *out, struct fault *f)
{
    const struct id *member = record_reference(r, "member_id"),
                    *officer = officers != NULL ? record_reference(r, "officer_id") : NULL;
    const struct record *known = officer != NULL ? records_find(officers, officer) : NULL;
    *out = (struct who){0};
    if (member == NULL && known != NULL)
        member = record_reference(known, "member_id");
    if (member != NULL)
        return who_is_member(a, people, member, day, out, f);
    if (officer != NULL)
        return key_make(a, 'o', officer->b, sizeof officer->b, out, f);
    return who_has_name(a, r, out, f);
}

static int64_t persons_of(const struct record *support)
{
    return record_int(support, kind_field(support->kind, "persons"), 0);
}

int64_t support_times(const struct record *r)
{
    int64_t persons = persons_of(r);
    return persons > 0 ? persons : 1;
}

int64_t support_unnamed(const struct record *r, const struct who *who)
{
    int64_t persons = persons_of(r);
    return persons > 0 && who->key.n > 0 ? persons - 1 : persons;
}

enum err heads_add(struct heads *h, size_t row, const struct who *who, struct fault *f)
{
    if (who->key.n == 0)
        return ERR_OK;
    if (h->count == h->room) {
        size_t room = h->room == 0 ? 64 : 2 * h->room;
        struct head *more = arena_alloc(h->arena, room * sizeof *more);
        if (more == NULL)
            return no_memory(f);
        if (h->count > 0)
            memcpy(more, h->list, h->count * sizeof *more);
        h->list = more;
        h->room = room;
    }
    h->list[h->count++] = (struct head){row, *who};
    return ERR_OK;
}

static int key_compare(struct bytes x, struct bytes y)
{
    int order = memcmp(x.p, y.p, x.n < y.n ? x.n : y.n);
    return order != 0 ? order : (x.n > y.n) - (x.n < y.n);
}

/* Members first, so that the first of one person's tells whether she ever was one. */
static int head_compare(const void *a, const void *b)
{
    const struct head *x = a, *y = b;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    int order = key_compare(x->who.key, y->who.key);
    return order != 0 ? order : (int)y->who.member - (int)x->who.member;
}

void heads_settle(struct heads *h, struct tally *t, int persons, int members, int others)
{
    if (h->count > 1)
        qsort(h->list, h->count, sizeof *h->list, head_compare);
    for (size_t i = 0; i < h->count; i++) {
        const struct head *x = &h->list[i];
        if (i > 0 && x[-1].row == x->row && key_compare(x[-1].who.key, x->who.key) == 0)
            continue;
        int64_t *v = t->rows[x->row].v;
        v[persons]++;
        if (x->who.member)
            v[members]++;
        else if (others >= 0)
            v[others]++;
    }
}

bool period_holds(const struct tally_input *in, int64_t date)
{
    int32_t day = date_last_day((int32_t)date);
    return date != 0 && in->from <= day && day <= in->day;
}

const char *row_key_of(struct arena *a, const struct record *r, const char *field)
{
    struct bytes text = record_text(r, kind_field(r->kind, field));
    return text.n > 0 ? arena_copy(a, text.p, text.n) : "-";
}
