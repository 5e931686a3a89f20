#include "client/tally_compare.h"
#include "client/compare.h"
#include "common/date.h"
#include "common/os.h"
#include <string.h>

enum err tally_compare_period(const struct ui *ui, const struct options *o, int32_t from, int32_t day,
                              int32_t *then_from, int32_t *then_day, struct fault *f)
{
    *then_from = 0;
    enum err e = compare_day(ui, o, day, then_day, f);
    if (e != ERR_OK || *then_day == 0 || from == 0)
        return e;
    *then_from = tally_earlier(from, day != 0 ? day : os_today(), *then_day);
    return ERR_OK;
}

enum err tally_compare_put(const struct tally_show *s, struct tally_unit *unit, const struct tally *then,
                           struct fault *f)
{
    enum err e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < then->count; i++) {
        struct tally_row *row;
        e = tally_row(&unit->figures, then->rows[i].section, then->rows[i].key, &row, f);
    }
    unit->then = arena_copy(s->arena, then, sizeof *then);
    return e == ERR_OK && unit->then == NULL ? fault(f, ERR_NO_MEMORY, "out of memory") : e;
}

const int64_t *tally_compare_row(const struct tally *then, const struct tally_row *row)
{
    static const int64_t nothing[TALLY_COLUMNS];
    for (size_t i = 0; i < then->count; i++)
        if (then->rows[i].section == row->section && strcmp(then->rows[i].key, row->key) == 0)
            return then->rows[i].v;
    return nothing;
}
