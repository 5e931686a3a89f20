/* Rows that many kinds have, said once: further words of the initializer may follow (`.owner = OWNER_BOTH`).
 */
#ifndef HV_KIND_ROWS_H
#define HV_KIND_ROWS_H

#include "common/kind.h"

/* clang-format off */
#define FIELD_VOIDED(...)                                                                                    \
    {.name = "voided", .label = {"Ghi nhầm", "Void"}, .aliases = "Đã hủy", __VA_ARGS__}
#define FIELD_NOTE(...)                                                                                      \
    {.name = "note", .label = {"Ghi chú", "Note"}, .check = CHECK_LINES, .max = 2000, __VA_ARGS__}
#define FIELD_PROGRAMME(...)                                                                                 \
    {.name = "programme_id", .label = {"Chương trình, đề án", "Programme"}, .refers = "programme",           \
     .aliases = "Chương trình|Đề án", __VA_ARGS__}
/* clang-format on */

#endif
