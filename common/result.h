/* The words of a row in the union's own table of results: Nội dung | Chỉ tiêu | Kết quả | Vượt / Đạt / Chưa
 * đạt. Pure. */
#ifndef HV_RESULT_H
#define HV_RESULT_H

#include "common/lang.h"
#include "common/target.h"

#define RESULT_TEXT 300

/* A target as it stands for one unit, or summed over several. */
struct result_row {
    const Hv__TargetLine *line;
    bool summed;    /* over `units`; otherwise what follows is not known, but for `each` */
    bool same_each; /* each unit has the same threshold */
    int64_t each;
    int64_t units;
    int64_t met;
    int64_t not_met;
    int64_t open;    /* without verdict */
    int64_t counted; /* whose figures are in the sums: an increase needs a baseline */
};

/* One unit's own line. */
struct result_row result_row_of(const Hv__TargetLine *line);

/* "từ 50,00 %"; a number for each unit is expanded: "từ 2 hoạt động x 10.603 đơn vị = 21.206". */
void result_target(const struct result_row *r, enum lang lang, char out[RESULT_TEXT]);

/* "501/1.000 = 50,10 %", "21.206", "250 (số gốc 1.000, nay 1.250)"; how many units are below where several
 * must not be. */
void result_figure(const struct result_row *r, enum lang lang, char out[RESULT_TEXT]);

/* From the earlier figure to the one now: "+12", of a ratio "+12 (+0,40 điểm %)". */
void result_change(const Hv__TargetLine *now, const Hv__TargetLine *earlier, enum lang lang,
                   char out[RESULT_TEXT]);

#endif
