/* Tables on the screen, by what is printed. */
#include "common/ui.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void check_table(struct table *t, const char *expected)
{
    char *text;
    size_t size;
    FILE *file = open_memstream(&text, &size);
    table_print(t, file);
    fclose(file);
    table_free(t);
    cr_assert_str_eq(text, expected);
    free(text);
}

Test(ui_table, a_table_fits_its_columns_by_display_width)
{
    struct table *t = table_make(3);
    table_heading(t, 0, "Tên", false);
    table_heading(t, 1, "Số", true);
    table_heading(t, 2, "Ghi chú", false);
    static const char *const texts[] = {"Nguyễn Thị Đẹp", "1.234", "x", "Nguye\u0302\u0303n", "5",
                                        "dòng\nhai",      "A"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        table_cell(t, texts[i]);
    check_table(t, "Tên                Số  Ghi chú\n"
                   "Nguyễn Thị Đẹp  1.234  x\n"
                   "Nguye\u0302\u0303n              5  dòng hai\n"
                   "A\n");
}

Test(ui_table, headings_of_several_lines_end_on_the_same_one)
{
    struct table *t = table_make(3);
    table_heading(t, 1, "Hội viên\nkhông kể\ncán bộ", true);
    table_heading(t, 2, "%", true);
    static const char *const texts[] = {"Tổ", "12", "5,00 %"};
    for (size_t i = 0; i < 3; i++)
        table_cell(t, texts[i]);
    check_table(t, "    Hội viên\n"
                   "    không kể\n"
                   "      cán bộ       %\n"
                   "Tổ        12  5,00 %\n");
    t = table_make(2);
    table_heading(t, 1, "", true);
    table_cell(t, "a");
    table_cell(t, "1");
    check_table(t, "a  1\n");
}

Test(ui_table, a_table_without_headings_or_rows_prints_only_what_it_has)
{
    struct table *t = table_make(2);
    table_cell(t, "a");
    table_cell(t, NULL);
    check_table(t, "a\n");
    check_table(table_make(4), "");
    table_free(NULL);
    t = table_make(1);
    for (int i = 0; i < 1000; i++)
        table_cell(t, "");
    char expected[1001];
    memset(expected, '\n', 1000);
    expected[1000] = '\0';
    check_table(t, expected);
}
