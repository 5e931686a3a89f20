/* The parts of a commune's year (work_*.c): what they share. */
#ifndef HV_EXAMPLE_WORK_H
#define HV_EXAMPLE_WORK_H

#include "deploy/example/example.h"

/* A member as her commune's file has her. `single`: nobody else in the file bears her name, so that a
 * reference by name leads to her. */
struct worker {
    const char *name;
    const char *birth;
    const char *group;
    const char *citizen_no; /* "": not given */
    const char *phone;      /* "": not given */
    bool single;
};

/* A club or group beside those by residence. */
struct club {
    const char *name;
    const char *type;
    const char *basis;
    const char *channel;
    const char *purpose;
    const char *founded;
    const char *special; /* có, không */
    const char *post;    /* of its head; "": has none */
};

#define WORK_CLUBS 5

struct work {
    const struct example_work *of;
    struct arena *arena;
    uint64_t state;
    struct worker *members;
    size_t member_count;
    int chi_hoi; /* how many groups by residence the members are in */
    const struct club *clubs[WORK_CLUBS];
    size_t club_count;
    uint64_t *names; /* hashes of names in use, with how often: see work_name */
};

/* Reads the members' file. */
enum err work_members_read(struct work *w, struct fault *f) HV_MUST_USE;

/* Notes that a name is used; how often it was before. Names that differ by tones and case alone are the same.
 */
unsigned work_name(struct work *w, const char *name);

/* A member with a name of her own, from this chi hội if possible (0: any); NULL: there is none. */
const struct worker *work_member(struct work *w, int chi_hoi);

bool work_chance(struct work *w, unsigned percent);
unsigned work_below(struct work *w, unsigned n);

/* A file for the records of a kind; NULL with a fault. Cells of a row end with NULL. */
struct work_file {
    FILE *file;
    struct csv_out csv;
};
enum err work_file_begin(const struct work *w, const char *kind, struct work_file *out,
                         struct fault *f) HV_MUST_USE;
void work_row(struct work_file *file, ...) __attribute__((sentinel));
enum err work_file_end(struct work_file *file, struct fault *f) HV_MUST_USE;

/* "07/03/2018"; in the arena. */
const char *work_day(struct work *w, unsigned day, unsigned month);
const char *work_chi_hoi(struct work *w, int number);

void work_clubs_choose(struct work *w);
enum err work_groups_write(struct work *w, struct fault *f) HV_MUST_USE;
enum err work_people_write(struct work *w, struct fault *f) HV_MUST_USE;
enum err work_year_write(struct work *w, struct fault *f) HV_MUST_USE;
enum err work_officers_write(struct work *w, struct fault *f) HV_MUST_USE;
enum err work_means_write(struct work *w, struct fault *f) HV_MUST_USE;

#endif
