#include "common/csv.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* All that was read, as "line:cell|cell\n". */
struct seen {
    char text[65536];
    size_t rows;
    long stop_at; /* line at which the callback refuses */
};

static enum err on_row(void *context, const struct csv_row *row, struct fault *f)
{
    struct seen *s = context;
    char *p = s->text + strlen(s->text);
    p += sprintf(p, "%ld:", row->line);
    for (size_t i = 0; i < row->count; i++) {
        cr_assert_eq(strlen(row->cells[i]), row->lengths[i]);
        if (strlen(s->text) < sizeof s->text - 4096)
            p += sprintf(p, "%s%.2000s", i > 0 ? "|" : "", row->cells[i]);
    }
    sprintf(p, "\n");
    s->rows++;
    return s->stop_at == row->line ? fault(f, ERR_BAD_DATE, "no such day") : ERR_OK;
}

static enum err read_bytes(const void *p, size_t n, struct seen *s, struct fault *f)
{
    struct arena *a = arena_make((size_t)1 << 20);
    memset(f, 0, sizeof *f);
    s->text[0] = '\0';
    s->rows = 0;
    enum err e = csv_read(a, LANG_EN, (struct bytes){p, n}, on_row, s, f);
    arena_free(a);
    return e;
}

static const char *read_text(const char *text)
{
    static struct seen s;
    struct fault f;
    cr_assert_eq(read_bytes(text, strlen(text), &s, &f), ERR_OK, "%s", f.text);
    return s.text;
}

static void check_refused(const void *p, size_t n, enum err code, long line)
{
    static struct seen s;
    struct fault f;
    cr_assert_eq(read_bytes(p, n, &s, &f), code);
    cr_assert_eq(f.code, code);
    cr_assert_eq(f.line, line, "line %ld", f.line);
}

Test(csv, the_separator_is_what_the_heading_has_most_of)
{
    cr_assert_str_eq(read_text("a;b;c\n1;2,5;3\n"), "1:a|b|c\n2:1|2,5|3\n");
    cr_assert_str_eq(read_text("a,b,c\n1,2;5,3\n"), "1:a|b|c\n2:1|2;5|3\n");
    cr_assert_str_eq(read_text("a\tb\n1\t\n"), "1:a|b\n2:1|\n");
    cr_assert_str_eq(read_text("\"a;b;c\",d\n1,2\n"), "1:a;b;c|d\n2:1|2\n");
    cr_assert_str_eq(read_text("one\ntwo\n"), "1:one\n2:two\n");
}

Test(csv, a_byte_order_mark_and_any_line_break_are_taken)
{
    cr_assert_str_eq(read_text("\ufeffa;b\r\n1;2\r\n"), "1:a|b\n2:1|2\n");
    cr_assert_str_eq(read_text("a;b\r1;2\r3;4"), "1:a|b\n2:1|2\n3:3|4\n");
    cr_assert_str_eq(read_text("a;b\n1;2"), "1:a|b\n2:1|2\n");
    cr_assert_str_eq(read_text(""), "");
    cr_assert_str_eq(read_text("\ufeff"), "");
    cr_assert_str_eq(read_text("\n\n \n"), "");
}

Test(csv, lines_are_counted_over_quoted_breaks_and_empty_rows)
{
    cr_assert_str_eq(read_text("a;b\n\"x\ny\nz\";1\n\n;\n2;3\n"), "1:a|b\n2:x\ny\nz|1\n7:2|3\n");
    cr_assert_str_eq(read_text("\n\na;b\r\n\"x\r\ny\";1\r\n2;3\r\n"), "3:a|b\n4:x\r\ny|1\n6:2|3\n");
    cr_assert_str_eq(read_text("a;b\n1;\"x\n\n\ny\"\n2;3"), "1:a|b\n2:1|x\n\n\ny\n6:2|3\n");
}

Test(csv, quotes_and_blanks_are_read_as_usual)
{
    cr_assert_str_eq(read_text("a;b\n\"say \"\"hi\"\"\";\"1;2\"\n"), "1:a|b\n2:say \"hi\"|1;2\n");
    cr_assert_str_eq(read_text("a;b\n  x  ;\" y \"\n"), "1:a|b\n2:x| y \n");
    cr_assert_str_eq(read_text("a;b\n;\"\"\n1;2\n"), "1:a|b\n3:1|2\n");
}

Test(csv, what_protected_a_text_from_excel_is_taken_off)
{
    cr_assert_str_eq(read_text("a;b\n\"=\"\"0912345678\"\"\";'+x y\n"), "1:a|b\n2:0912345678|+x y\n");
    cr_assert_str_eq(read_text("a;b\n=1+2;'hello'\n"), "1:a|b\n2:=1+2|'hello'\n");
}

Test(csv, a_broken_quote_is_named_with_the_line_of_its_row)
{
    const char open[] = "a;b\n1;2\n3;\"x\n4;5\n6;7\n";
    const char misplaced[] = "a;b\n1;2\n\"x\"y;3\n";
    check_refused(open, strlen(open), ERR_MALFORMED, 3);
    check_refused(misplaced, strlen(misplaced), ERR_MALFORMED, 3);
    check_refused("\"", 1, ERR_MALFORMED, 1);
}

Test(csv, bytes_that_are_no_text_are_named_with_their_line)
{
    static const char nul[] = "a;b\n1;x\0y\n";
    static const char latin[] = "a;b\n1;2\nNguy\xeen;3\n";
    static const char cut[] = "a;b\n1;Nguy\xe1\xbb";
    static const char utf16[] = "\xff\xfe"
                                "a\0;\0b\0\n\0";
    check_refused(nul, sizeof nul - 1, ERR_BAD_TEXT, 2);
    check_refused(latin, sizeof latin - 1, ERR_BAD_TEXT, 3);
    check_refused(cut, sizeof cut - 1, ERR_BAD_TEXT, 2);
    check_refused(utf16, sizeof utf16 - 1, ERR_BAD_TEXT, 1);
}

Test(csv, columns_and_cells_have_a_bound)
{
    static char text[200000];
    char *p = text + sprintf(text, "a;b\n");
    for (int i = 0; i < 200; i++)
        p += sprintf(p, "%d;", i);
    check_refused(text, strlen(text), ERR_TOO_LARGE, 2);
    sprintf(text, "a;b\n");
    for (int i = 1; i < CSV_MAX_COLUMNS; i++)
        strcat(text, "x;");
    strcat(text, "x\n");
    struct seen *s = calloc(1, sizeof *s);
    struct fault f;
    cr_assert_eq(read_bytes(text, strlen(text), s, &f), ERR_OK);
    free(s);
    memcpy(text, "a\n\"", 3);
    memset(text + 3, 'x', CSV_MAX_CELL + 1);
    text[3 + CSV_MAX_CELL + 1] = '\0';
    check_refused(text, strlen(text), ERR_TOO_LARGE, 2);
}

Test(csv, a_refusing_callback_ends_the_reading)
{
    static struct seen s = {.stop_at = 2};
    struct fault f;
    const char text[] = "a;b\n1;2\n3;4\n";
    cr_assert_eq(read_bytes(text, strlen(text), &s, &f), ERR_BAD_DATE);
    cr_assert_eq(s.rows, 2);
    cr_assert_eq(f.line, 2);
    cr_assert_str_eq(f.text, "no such day");
}

Test(csv, sentences_about_the_file_come_in_both_languages)
{
    struct arena *a = arena_make((size_t)1 << 20);
    struct fault f;
    static struct seen s;
    struct bytes text = {(const uint8_t *)"a\n\"x", 4};
    cr_assert_eq(csv_read(a, LANG_VI, text, on_row, &s, &f), ERR_MALFORMED);
    cr_assert_str_eq(f.text, "Dòng 2: dấu ngoặc kép không đúng chỗ hoặc chưa đóng. Hãy sửa rồi lưu lại tệp.");
    cr_assert_eq(csv_read(a, LANG_EN, text, on_row, &s, NULL), ERR_MALFORMED);
    arena_free(a);
}

/* ---- writing ---- */

static char *written;
static size_t written_size;

static FILE *begin(struct csv_out *c, bool plain)
{
    FILE *file = open_memstream(&written, &written_size);
    csv_begin(c, file, plain);
    return file;
}

static void check_cell(const char *text, bool plain, const char *expected)
{
    struct csv_out c;
    FILE *file = begin(&c, plain);
    csv_string(&c, text);
    csv_end_row(&c);
    fclose(file);
    char line[256];
    snprintf(line, sizeof line, "%s%s\n", plain ? "" : "\ufeff", expected);
    cr_assert_str_eq(written, line);
    free(written);
}

Test(csv, a_file_for_excel_and_a_plain_one_differ_in_mark_separator_numbers_and_dates)
{
    for (int plain = 0; plain <= 1; plain++) {
        struct csv_out c;
        FILE *file = begin(&c, plain != 0);
        csv_string(&c, "Lê, \"Thị\"");
        csv_int(&c, -12345);
        csv_ratio(&c, 123403, 222894, 2);
        csv_ratio(&c, 1, 0, 2);
        csv_date(&c, 20190706);
        csv_date(&c, 19750400);
        csv_date(&c, 19750000);
        csv_date(&c, 0);
        csv_end_row(&c);
        fclose(file);
        cr_assert_str_eq(written, plain != 0 ? "\"Lê, \"\"Thị\"\"\",-12345,55.36,,2019-07-06,1975-04,1975,\n"
                                             : "\ufeff\"Lê, \"\"Thị\"\"\";-12345;55,36;;06/07/2019;"
                                               "\"=\"\"04/1975\"\"\";1975;\n");
        free(written);
    }
}

Test(csv, excel_can_neither_run_nor_mangle_a_text)
{
    check_cell("0912345678", false, "\"=\"\"0912345678\"\"\"");
    check_cell("+84 912 345 678", false, "\"=\"\"+84 912 345 678\"\"\"");
    check_cell("038163001234", false, "\"=\"\"038163001234\"\"\"");
    check_cell("12/5", false, "\"=\"\"12/5\"\"\"");
    check_cell("31317", false, "31317");
    check_cell("0", false, "0");
    check_cell("=HYPERLINK(1)", false, "'=HYPERLINK(1)");
    check_cell("@SUM(A1)", false, "'@SUM(A1)");
    check_cell("- thôn 3", false, "'- thôn 3");
    check_cell("+x", false, "'+x");
    check_cell("-", false, "-");
    check_cell("a=b", false, "a=b");
    check_cell("'=x", false, "''=x");
}

Test(csv, a_plain_file_holds_texts_as_they_are)
{
    check_cell("0912345678", true, "0912345678");
    check_cell("=1+2", true, "=1+2");
    check_cell("'=1", true, "''=1");
    check_cell(" x", true, "\" x\"");
    check_cell("", true, "");
}

/* ---- what was written is read back ---- */

static uint64_t seed_of_test(void)
{
    const char *given = getenv("HV_SEED");
    uint64_t seed = given != NULL ? strtoull(given, NULL, 0) : (uint64_t)time(NULL);
    fprintf(stderr, "HV_SEED=%llu\n", (unsigned long long)seed);
    return seed;
}

static unsigned next_random(uint64_t *state, unsigned below)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(*state >> 33) % below;
}

#define COLUMNS 5
#define ROWS    400
static char cells[ROWS][COLUMNS][64];

static void random_cell(uint64_t *seed, char *out)
{
    static const char *const bits[] = {"a", "ễ",  "Đ",    " ",    ";",  ",",  "\t", "\"",
                                       "'", "=",  "+",    "-",    "@",  "0",  "1",  "/",
                                       ".", "\n", "\r\n", "=\"0", "\"", "84", "'=", "\ufeff"};
    out[0] = '\0';
    for (unsigned n = next_random(seed, 7); n > 0; n--)
        strcat(out, bits[next_random(seed, sizeof bits / sizeof bits[0])]);
}

static enum err compare_row(void *context, const struct csv_row *row, struct fault *f)
{
    size_t *at = context;
    (void)f;
    if (*at == 0) {
        ++*at;
        return ERR_OK;
    }
    cr_assert_eq(row->count, (size_t)COLUMNS + 1);
    for (size_t i = 0; i < COLUMNS; i++)
        cr_assert_str_eq(row->cells[i + 1], cells[*at - 1][i]);
    ++*at;
    return ERR_OK;
}

static void check_round(bool plain, uint64_t *seed)
{
    struct csv_out c;
    FILE *file = begin(&c, plain);
    for (size_t i = 0; i <= COLUMNS; i++)
        csv_string(&c, "heading");
    csv_end_row(&c);
    for (size_t r = 0; r < ROWS; r++) {
        csv_string(&c, "row");
        for (size_t i = 0; i < COLUMNS; i++) {
            random_cell(seed, cells[r][i]);
            csv_string(&c, cells[r][i]);
        }
        csv_end_row(&c);
    }
    fclose(file);
    struct arena *a = arena_make((size_t)1 << 16);
    struct fault f = {0};
    size_t at = 0;
    struct bytes text = {(const uint8_t *)written, written_size};
    cr_assert_eq(csv_read(a, LANG_EN, text, compare_row, &at, &f), ERR_OK, "%s", f.text);
    cr_assert_eq(at, (size_t)ROWS + 1);
    arena_free(a);
    free(written);
}

Test(csv, random_cells_come_back_as_they_were_written)
{
    uint64_t seed = seed_of_test();
    for (int i = 0; i < 20; i++)
        check_round(i % 2 == 0, &seed);
}
