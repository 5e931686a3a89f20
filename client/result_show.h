/* The union's own table of results, on the screen and as CSV: of both programs. */
#ifndef HV_RESULT_SHOW_H
#define HV_RESULT_SHOW_H

#include "client/compare.h"

/* A row, and the same target on the earlier day. */
struct result_pair {
    struct result_row now;
    const Hv__TargetLine *earlier; /* NULL: none */
};

struct result_show {
    const struct ui *ui;
    const char *code;
    const char *name;
    int32_t day;
    int32_t earlier; /* 0: nothing is compared */
    const struct result_pair *pairs;
    size_t count;
};

void result_show_table(const struct result_show *s, FILE *out);
void result_show_csv(const struct result_show *s, bool plain, FILE *out);

/* For the help of the commands that print it. */
#define RESULT_HELP_VI                                                                                                                        \
    "Bảng theo mẫu của Hội: Nội dung, Chỉ tiêu, Kết quả, Vượt / Đạt / Chưa đạt. Chỉ tiêu giao cho mỗi đơn " \
    "vị được nhân với số đơn vị. CSV có thêm các số tạo nên kết quả."
#define RESULT_HELP_EN                                                                                       \
    "The union's own form: content, target, result, exceeded / met / not met. A target for each unit is "    \
    "multiplied by the number of units. A CSV also has the figures that make the result."

#endif
