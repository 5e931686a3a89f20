/* Officers with their posts, the courses of the year and who attended. Some posts are vacant, some heads of
 * chi hội are men, some are not members. */
#include "deploy/example/work.h"
#include <string.h>

struct course {
    const char *name;
    const char *date;
    const char *topics;
    const char *days;
    const char *organiser;
};

static const struct course courses[] = {
    {"Xác định thành phần, tính tỷ lệ hội viên", "05/2018",
     "Xác định thành phần hội viên, Cách tính tỷ lệ tập hợp hội viên", "2", "Hội LHPN tỉnh"},
    {"Tổ chức sinh hoạt và truyền thông", "08/2018",
     "Tổ chức sinh hoạt, Truyền thông tương tác, Quy định về hình thức sinh hoạt", "3", "Hội LHPN huyện"},
    {"Thành lập, điều hành câu lạc bộ", "10/2018", "Thành lập, điều hành câu lạc bộ, nhóm; Kỹ năng số", "1",
     "Hội LHPN huyện"},
};
#define COURSES (sizeof courses / sizeof courses[0])

static const char *const mens_names[] = {"Hùng", "Dũng", "Thành", "Tâm", "Phước", "Lợi", "Nghĩa", "Hải"};

struct writing {
    struct work *w;
    struct work_file officers, posts, trainings;
    unsigned eager; /* percent of the officers who attend a course in this commune */
};

/* A post; the group may be "". `trained`: percent who attended a given course. */
static void write_officer(struct writing *x, const char *name, const char *sex, const char *member,
                          const char *post, const char *group, unsigned trained)
{
    struct work *w = x->w;
    work_row(&x->officers, name, sex, arena_print(w->arena, "09%08u", work_below(w, 100000000)), member,
             NULL);
    work_row(&x->posts, name, post, group, arena_print(w->arena, "%u", 2013 + work_below(w, 5)), NULL);
    for (size_t i = 0; i < COURSES; i++)
        if (work_chance(w, trained))
            work_row(&x->trainings, courses[i].name, name, NULL);
}

/* Somebody whose name no other officer bears: a member, or where that does not go, somebody who is none. */
static void write_somebody(struct writing *x, int chi_hoi, bool is_member, const char *post,
                           const char *group, unsigned trained)
{
    struct work *w = x->w;
    const struct worker *m = is_member ? work_member(w, chi_hoi) : NULL;
    char name[EXAMPLE_CELL];
    if (m != NULL) {
        write_officer(x, m->name, "Nữ", m->name, post, group, trained);
        return;
    }
    do {
        example_name_make(w->of->names, &w->state, name);
    } while (work_name(w, name) > 0);
    write_officer(x, name, "Nữ", "", post, group, trained);
}

static void write_man(struct writing *x, int number, const char *post, const char *group)
{
    struct work *w = x->w;
    static const char *const families[] = {"Nguyễn Văn", "Trần Văn", "Lê Hoàng", "Danh", "Võ Minh"};
    const char *given = mens_names[(unsigned)number % 8], *name;
    do {
        name = arena_print(w->arena, "%s %s", families[work_below(w, 5)], given);
    } while (work_name(w, name) > 0);
    write_officer(x, name, "Nam", "", post, group, x->eager / 2);
}

static void write_heads(struct writing *x)
{
    struct work *w = x->w;
    for (int number = 1; number <= w->chi_hoi; number++) {
        const char *group = work_chi_hoi(w, number);
        unsigned dice = work_below(w, 100);
        if (dice < 9)
            continue; /* the post is vacant */
        if (dice < 13)
            write_man(x, number, "Chi hội trưởng", group);
        else
            write_somebody(x, number, dice < 92, "Chi hội trưởng", group, x->eager);
    }
    for (size_t i = 0; i < w->club_count; i++)
        if (w->clubs[i]->post[0] != '\0' && work_chance(w, 85))
            write_somebody(x, 0, true, w->clubs[i]->post, w->clubs[i]->name, x->eager / 2);
}

static void write_all(struct writing *x)
{
    struct work *w = x->w;
    work_row(&x->officers, "Họ và tên", "Giới tính", "Điện thoại", "Hồ sơ hội viên", NULL);
    work_row(&x->posts, "Cán bộ", "Chức danh", "Chi hội, tổ, nhóm", "Từ ngày", NULL);
    work_row(&x->trainings, "Lớp tập huấn", "Cán bộ", NULL);
    if (work_chance(w, 96))
        write_somebody(x, 0, true, "Chủ tịch Hội cấp xã", "", x->eager + 15);
    if (work_chance(w, 80))
        write_somebody(x, 0, true, "Phó Chủ tịch Hội cấp xã", "", x->eager);
    write_heads(x);
    if (work_chance(w, 50))
        write_somebody(x, 0, false, "Cộng tác viên", "", x->eager / 2);
}

static enum err write_courses(struct work *w, struct fault *f)
{
    struct work_file file;
    enum err e = work_file_begin(w, "course", &file, f);
    if (e != ERR_OK)
        return e;
    work_row(&file, "Tên lớp", "Ngày khai giảng", "Nội dung", "Số ngày", "Đơn vị tổ chức", NULL);
    for (size_t i = 0; i < COURSES; i++)
        work_row(&file, courses[i].name, courses[i].date, courses[i].topics, courses[i].days,
                 courses[i].organiser, NULL);
    return work_file_end(&file, f);
}

enum err work_officers_write(struct work *w, struct fault *f)
{
    struct writing x = {.w = w, .eager = 15 + work_below(w, 45)};
    enum err e = write_courses(w, f);
    if (e == ERR_OK)
        e = work_file_begin(w, "officer", &x.officers, f);
    if (e == ERR_OK)
        e = work_file_begin(w, "post", &x.posts, f);
    if (e == ERR_OK)
        e = work_file_begin(w, "training", &x.trainings, f);
    if (e != ERR_OK)
        return e;
    write_all(&x);
    if ((e = work_file_end(&x.officers, f)) == ERR_OK)
        e = work_file_end(&x.posts, f);
    return e == ERR_OK ? work_file_end(&x.trainings, f) : e;
}
