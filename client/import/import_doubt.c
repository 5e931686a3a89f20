/* What is doubtful in a line and goes in all the same: told with the line's number, the first of them only.
 */
#include "client/fit.h"
#include "client/import.h"
#include "common/date.h"
#include "common/os.h"
#include <stdarg.h>
#include <string.h>

#define MOST_TOLD    20
#define ADULT_MONTHS (18 * 12)

void import_doubt(struct import *m, long line, const char *vi, const char *en, ...)
{
    char text[400];
    va_list args;
    if (m->doubts++ >= MOST_TOLD)
        return;
    va_start(args, en);
    vsnprintf(text, sizeof text, m->client->ui.lang == LANG_EN ? en : vi, args);
    va_end(args);
    ui_tell(&m->client->ui, "Dòng %ld, lưu ý: %s", "Line %ld, note: %s", line, text);
}

void import_doubt_end(const struct import *m)
{
    if (m->doubts > MOST_TOLD)
        ui_tell(&m->client->ui, "và %zu lưu ý nữa.", "and %zu more notes.", m->doubts - MOST_TOLD);
}

/* Mobile numbers are 9 digits and numbers of houses 10 without the 0, and begin with digits of their own. */
static bool lost_its_zero(const char *p, size_t n)
{
    if (strspn(p, "0123456789") < n)
        return false;
    return (n == 9 && strchr("35789", p[0]) != NULL) || (n == 10 && p[0] == '2');
}

enum err import_phone(struct import *m, struct change *c, size_t field, struct fault *f)
{
    const struct value *v = &c->values[field];
    if ((c->set & field_bit(c->kind, field)) == 0 || !lost_its_zero(v->p, v->n))
        return ERR_OK;
    const char *whole = arena_print(m->row, "0%.*s", (int)v->n, (const char *)v->p);
    if (whole == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    change_set_text(c, (int)field, whole, v->n + 1);
    m->phone_mended = true;
    return ERR_OK;
}

static void doubt_joining(struct import *m, long line, const struct record *r, const struct change *event)
{
    int32_t birth = (int32_t)record_int(r, kind_field(&kind_member, "birth"), 0);
    int32_t joined = (int32_t)event->values[kind_field(&kind_event, "date")].i;
    if (date_first_day(joined) > os_today())
        import_doubt(m, line, "ngày vào Hội ở tương lai; hãy xem lại.",
                     "the date of joining lies in the future; check it.");
    else if (birth != 0 && date_last_day(joined) < date_first_day(birth))
        import_doubt(m, line, "ngày vào Hội ở trước ngày sinh; hãy xem lại cả hai.",
                     "the date of joining lies before the date of birth; check both.");
    else if (birth != 0 && date_last_day(joined) < date_add_months(date_first_day(birth), ADULT_MONTHS))
        import_doubt(m, line, "vào Hội khi chưa đủ 18 tuổi; hãy xem lại ngày vào Hội và ngày sinh.",
                     "she joined before she was 18; check the dates of joining and of birth.");
}

enum err import_doubt_row(struct import *m, long line, const struct record *r, const struct change *event,
                          struct fault *f)
{
    char text[400];
    if (m->phone_mended)
        import_doubt(m, line, "số điện thoại mất số 0 ở đầu (thường do bảng tính); đã thêm lại.",
                     "the telephone number had lost its leading 0 (as in a spreadsheet); it is put back.");
    enum err e = fit_doubt(m->client, m->row, r, text, sizeof text, f);
    if (e == ERR_OK && text[0] != '\0')
        import_doubt(m, line, "%s", "%s", text);
    if (e == ERR_OK && event != NULL)
        doubt_joining(m, line, r, event);
    return e;
}
