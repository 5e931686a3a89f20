/* Counts with their noun. */
#include "common/noun.h"
#include <criterion/criterion.h>

Test(noun, english_says_one_otherwise_than_none_and_many)
{
    cr_assert_str_eq(COUNTED(0, noun_change, LANG_EN), "0 changes");
    cr_assert_str_eq(COUNTED(1, noun_change, LANG_EN), "1 change");
    cr_assert_str_eq(COUNTED(2, noun_change, LANG_EN), "2 changes");
    cr_assert_str_eq(COUNTED(21, noun_row, LANG_EN), "21 rows");
    cr_assert_str_eq(COUNTED(100000, noun_member, LANG_EN), "100,000 members");
}

Test(noun, vietnamese_says_both_alike)
{
    cr_assert_str_eq(COUNTED(1, noun_line, LANG_VI), "1 dòng");
    cr_assert_str_eq(COUNTED(100000, noun_line, LANG_VI), "100.000 dòng");
}

Test(noun, the_greatest_count_has_room)
{
    cr_assert_str_eq(COUNTED(INT64_MAX, noun_code, LANG_VI), "9.223.372.036.854.775.807 mã ghi danh");
    cr_assert_str_eq(COUNTED(INT64_MAX, noun_code, LANG_EN), "9,223,372,036,854,775,807 enrolment codes");
}

Test(noun, two_in_one_sentence_do_not_share_their_room)
{
    const char *members = COUNTED(1, noun_member, LANG_EN),
               *differences = COUNTED(3, noun_difference, LANG_EN);
    cr_assert_str_eq(members, "1 member");
    cr_assert_str_eq(differences, "3 differences");
}
