#include "common/noun.h"
#include "common/target.h"
#include <stdio.h>

const struct noun noun_change = {"thay đổi", "change", "changes"};
const struct noun noun_code = {"mã ghi danh", "enrolment code", "enrolment codes"};
const struct noun noun_difference = {"sai khác", "difference", "differences"};
const struct noun noun_field = {"mục", "field", "fields"};
const struct noun noun_line = {"dòng", "line", "lines"};
const struct noun noun_member = {"hội viên", "member", "members"};
const struct noun noun_record = {"hồ sơ", "record", "records"};
const struct noun noun_remedy = {"giải pháp", "remedy", "remedies"};
const struct noun noun_row = {"dòng", "row", "rows"};

const char *noun_count(char out[NOUN_ROOM], uint64_t n, const struct noun *noun, enum lang lang)
{
    char count[40];
    count_format((int64_t)n, lang, count, sizeof count);
    snprintf(out, NOUN_ROOM, "%s %s", count, lang == LANG_VI ? noun->vi : n == 1 ? noun->one : noun->many);
    return out;
}
