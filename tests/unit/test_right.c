#include "common/arena.h"
#include "common/change.h"
#include "common/right.h"
#include <criterion/criterion.h>
#include <string.h>

static const enum seat seats[] = {SEAT_COMMUNE, SEAT_PROVINCE, SEAT_PEN};

static enum err check(enum seat seat, const struct kind *kind, const char *field, int *at)
{
    struct arena *a = arena_make(1 << 16);
    struct fault f = {.field = -2};
    struct change *c = change_make(a, kind);
    change_clear(c, kind_field(kind, field));
    enum err e = right_check(seat, c, &f);
    *at = f.field;
    arena_free(a);
    return e;
}

static void refused(enum seat seat, const struct kind *kind, const char *field, int want)
{
    int at;
    cr_assert_eq(check(seat, kind, field, &at), ERR_NOT_ALLOWED, "%s %s", kind->name, field);
    cr_assert_eq(at, want);
}

static void fine(enum seat seat, const struct kind *kind, const char *field)
{
    int at;
    cr_assert_eq(check(seat, kind, field, &at), ERR_OK, "%s %s", kind->name, field);
}

Test(right, a_communes_own_kinds_are_its_alone)
{
    fine(SEAT_COMMUNE, &kind_member, "name");
    refused(SEAT_PROVINCE, &kind_member, "name", -1);
    refused(SEAT_PEN, &kind_member, "name", -1);
}

Test(right, a_provinces_own_kinds_are_its_alone)
{
    refused(SEAT_COMMUNE, &kind_notice, "name", -1);
    fine(SEAT_PROVINCE, &kind_notice, "name");
    refused(SEAT_PEN, &kind_notice, "name", -1);
}

Test(right, what_both_keep_each_keeps_in_its_own_stream)
{
    fine(SEAT_COMMUNE, &kind_officer, "name");
    fine(SEAT_PROVINCE, &kind_officer, "name");
    refused(SEAT_PEN, &kind_officer, "name", -1);
}

Test(right, a_plan_has_fields_of_either)
{
    int name = kind_field(&kind_plan, "name"), note = kind_field(&kind_plan, "note");
    refused(SEAT_COMMUNE, &kind_plan, "name", name);
    refused(SEAT_PEN, &kind_plan, "note", note);
    refused(SEAT_PROVINCE, &kind_plan, "name", -1);
    fine(SEAT_COMMUNE, &kind_plan, "note");
    fine(SEAT_PEN, &kind_plan, "name");
    fine(SEAT_COMMUNE, &kind_cause, "cause");
    fine(SEAT_PEN, &kind_cause, "cause");
    refused(SEAT_COMMUNE, &kind_cause, "by_province", kind_field(&kind_cause, "by_province"));
    refused(SEAT_PEN, &kind_cause, "by_commune", kind_field(&kind_cause, "by_commune"));
}

Test(right, who_makes_a_record_and_who_edits_it)
{
    cr_assert(!right_creates(SEAT_COMMUNE, &kind_plan) && right_edits(SEAT_COMMUNE, &kind_plan));
    cr_assert(right_creates(SEAT_PEN, &kind_plan) && right_edits(SEAT_PEN, &kind_plan));
    cr_assert(right_creates(SEAT_COMMUNE, &kind_progress) && !right_edits(SEAT_PEN, &kind_progress));
    cr_assert(!right_edits(SEAT_COMMUNE, &kind_visit) && right_creates(SEAT_PEN, &kind_visit));
    cr_assert(!right_creates(SEAT_COMMUNE, &kind_programme) && right_creates(SEAT_PROVINCE, &kind_programme));
}

/* The table of rights as a whole: every kind has somebody who makes it, and no field of it is nobody's. */
Test(right, every_field_is_somebodys)
{
    for (size_t k = 0; k < kind_count; k++) {
        bool made = false;
        for (size_t i = 0; i < kinds[k]->field_count; i++) {
            bool set = false;
            for (size_t s = 0; s < sizeof seats / sizeof seats[0]; s++) {
                set |= right_field(seats[s], kinds[k], i);
                made |= right_creates(seats[s], kinds[k]);
            }
            cr_assert(set, "nobody sets %s of %s", kinds[k]->fields[i].name, kinds[k]->name);
        }
        cr_assert(made, "nobody makes a %s", kinds[k]->name);
    }
}

/* Neither side changes what the other has signed; notes and what nobody has agreed to are free. */
Test(right, what_the_other_side_has_agreed_to_stands)
{
    struct arena *a = arena_make(1 << 16);
    struct record *r = record_make(a, &kind_cause);
    struct change *c = change_make(a, &kind_cause);
    int cause = kind_field(&kind_cause, "cause"), voided = kind_field(&kind_cause, "voided"),
        by_province = kind_field(&kind_cause, "by_province"), note = kind_field(&kind_cause, "note");
    struct change *has = change_make(a, &kind_cause);
    change_set_text(has, cause, "far-work", 8);
    change_apply(r, has);
    change_set_text(c, cause, "weak-head", 9);
    cr_assert_eq(right_held(SEAT_COMMUNE, r, c), -1, "nobody has agreed");
    change_set_int(has, by_province, 1);
    change_apply(r, has);
    cr_assert_eq(right_held(SEAT_COMMUNE, r, c), cause);
    cr_assert_eq(right_held(SEAT_PEN, r, c), -1, "the commune has not agreed");
    change_set_text(c, cause, "far-work", 8);
    change_set_text(c, note, "x", 1);
    cr_assert_eq(right_held(SEAT_COMMUNE, r, c), -1, "the same words");
    change_set_int(c, voided, 1);
    cr_assert_eq(right_held(SEAT_COMMUNE, r, c), voided);
    arena_free(a);
}

/* The main cause is determined together, so the mark is of what is agreed to. */
Test(right, neither_side_makes_an_agreed_cause_the_main_one_or_takes_the_mark_off)
{
    struct arena *a = arena_make(1 << 16);
    struct record *r = record_make(a, &kind_cause);
    struct change *has = change_make(a, &kind_cause), *on = change_make(a, &kind_cause),
                  *off = change_make(a, &kind_cause);
    int main_cause = kind_field(&kind_cause, "main_cause");
    change_set_int(on, main_cause, 1);
    change_clear(off, main_cause);
    cr_assert_eq(right_held(SEAT_COMMUNE, r, on), -1, "nobody has agreed");
    change_set_int(has, kind_field(&kind_cause, "by_commune"), 1);
    change_apply(r, has);
    cr_assert_eq(right_held(SEAT_COMMUNE, r, on), -1, "what is only the commune's");
    cr_assert_eq(right_held(SEAT_PEN, r, on), main_cause);
    cr_assert_eq(right_held(SEAT_PEN, r, off), -1, "it has no mark");
    change_set_int(has, main_cause, 1);
    change_apply(r, has);
    cr_assert_eq(right_held(SEAT_PEN, r, off), main_cause);
    cr_assert_eq(right_held(SEAT_PEN, r, on), -1, "it has the mark already");
    arena_free(a);
}
