/* Forecasts of targets and of support plans' figures, on the screen and as CSV: of both programs. */
#ifndef HV_OUTLOOK_SHOW_H
#define HV_OUTLOOK_SHOW_H

#include "common/arena.h"
#include "common/csv.h"
#include "common/outlook.h"
#include "common/ui.h"
#include "proto/result.pb-c.h"

#define OUTLOOK_DAYS (FORECAST_MONTHS + 1)

/* Lines of one day, decided; kept ones are marked. */
struct outlook_day {
    int32_t day;
    Hv__TargetLine **lines;
    size_t count;
};

struct outlook_show {
    const struct ui *ui;
    struct arena *arena;
    const char *code;
    const char *name;
    struct outlook_day
        days[OUTLOOK_DAYS]; /* today, then the last month-ends, newest first, all counted anew */
    struct outlook_day
        kept[OUTLOOK_DAYS]; /* the same days; lines as they were kept then are marked, none: no such */
    Hv__ResultPlan *const *plans;
    size_t plan_count;
};

/* The days to ask for. */
void outlook_days(int32_t today, int32_t out[OUTLOOK_DAYS]);

void outlook_print(const struct outlook_show *s, FILE *out);
void outlook_csv(const struct outlook_show *s, bool plain, FILE *out);

/* For the help of the commands that print them. */
#define OUTLOOK_HELP_VI                                                                                                                      \
    "Dự báo là đường thẳng qua các số cuối tháng của 12 tháng gần nhất, tất cả tính lại theo những gì nay " \
    "đã biết (số đã lưu khi ấy, nếu khác, ghi bên cạnh), không hơn: không tính đến mùa vụ hay việc sắp "      \
    "làm. Số tính theo năm hoặc quý chỉ lấy các tháng của kỳ này."
#define OUTLOOK_HELP_EN                                                                                      \
    "A forecast is the straight line through the month-ends of the last 12 months, all counted anew from "   \
    "what is known now (what was kept then is shown beside where it differs), and no more: it knows of no "  \
    "seasons and of nothing that is about to be done. What is counted by the year or quarter takes the "     \
    "months of the present one alone."

#endif
