#include "common/id.h"
#include <criterion/criterion.h>
#include <ctype.h>
#include <string.h>

static const uint8_t random_bytes[10] = {0xff, 0x11, 0xff, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99};

Test(id, a_made_id_is_a_uuid_of_version_7)
{
    char text[ID_TEXT];
    struct id id = id_make(UINT64_C(0x017f22e279b0), random_bytes);
    id_format(&id, text);
    cr_assert_str_eq(text, "017f22e2-79b0-7f11-bf33-445566778899");
}

Test(id, made_ids_are_ordered_by_time)
{
    static const uint8_t low[10];
    struct id before = id_make(999, random_bytes), after = id_make(1000, low);
    cr_assert(id_compare(&before, &after) < 0);
}

Test(id, a_relation_has_one_id_of_version_8)
{
    struct id x = {{1}}, y = {{2}};
    const struct id *xy[] = {&x, &y}, *yx[] = {&y, &x};
    struct id a = id_of_relation(3, xy, 2), b = id_of_relation(3, xy, 2);
    cr_assert(id_equal(&a, &b));
    cr_assert_eq(a.b[6] >> 4, 8);
    cr_assert_eq(a.b[8] >> 6, 2);
    b = id_of_relation(3, yx, 2);
    cr_assert_not(id_equal(&a, &b), "the order counts");
    b = id_of_relation(4, xy, 2);
    cr_assert_not(id_equal(&a, &b), "the kind counts");
    b = id_of_relation(3, xy, 1);
    cr_assert_not(id_equal(&a, &b));
}

Test(id, the_id_of_a_relation_is_the_same_for_ever)
{
    /* Registers hold these ids: another way to compute them would double every membership. */
    struct id x = {{1}}, y = {{2}};
    const struct id *xy[] = {&x, &y};
    char text[ID_TEXT];
    struct id id = id_of_relation(3, xy, 2);
    id_format(&id, text);
    cr_assert_str_eq(text, "9f6a4d94-4d56-8cef-b45e-257e0930f607");
}

Test(id, text_goes_there_and_back)
{
    struct id id = id_make(UINT64_C(1700000000000), random_bytes), back;
    char text[ID_TEXT];
    id_format(&id, text);
    cr_assert(id_parse(text, &back));
    cr_assert(id_equal(&id, &back));
    for (char *p = text; *p != '\0'; p++)
        *p = (char)toupper((unsigned char)*p);
    cr_assert(id_parse(text, &back));
    cr_assert(id_equal(&id, &back));
}

Test(id, text_that_is_no_id)
{
    static const char *const bad[] = {"",
                                      "017f22e2",
                                      "017f22e2-79b0-7f11-bf33-44556677889",
                                      "017f22e2-79b0-7f11-bf33-4455667788990",
                                      "017f22e279b07f11bf33445566778899",
                                      "017f22e2-79b0-7f11-bf33-44556677889g",
                                      "017f22e2_79b0-7f11-bf33-445566778899",
                                      " 017f22e2-79b0-7f11-bf33-445566778899"};
    struct id out;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        cr_assert_not(id_parse(bad[i], &out), "'%s'", bad[i]);
}
