/* Groups beside those by residence, who is in them, households, changes of the year, and who was asked for
 * what. */
#include "deploy/example/work.h"

#define PER_CLUB   10
#define HOUSEHOLDS 12
#define QUESTIONS  10
#define NOT_YET    3
#define JOINED     8
#define MOVED_IN   4
#define RETURNED   3
#define PHONE      "15" /* the field's number (common/ask.c) */

static const struct club clubs[] = {
    {"CLB Gia đình hạnh phúc", "Câu lạc bộ", "Địa bàn dân cư", "Trực tiếp", "Gia đình hạnh phúc", "03/2016",
     "không", "Chủ nhiệm câu lạc bộ"},
    {"CLB Dưỡng sinh", "Câu lạc bộ", "Người cao tuổi", "Trực tiếp", "Chăm sóc sức khỏe", "2015", "có",
     "Chủ nhiệm câu lạc bộ"},
    {"CLB Phụ nữ làm kinh tế", "Câu lạc bộ", "Ngành nghề", "Trực tiếp", "Phát triển kinh tế", "06/2017",
     "không", "Chủ nhiệm câu lạc bộ"},
    {"CLB Văn nghệ, thể thao", "Câu lạc bộ", "Sở thích", "Trực tiếp", "Văn nghệ, thể thao", "2014", "không",
     "Chủ nhiệm câu lạc bộ"},
    {"Nhóm tiểu thương chợ", "Nhóm", "Tiểu thương", "Trực tiếp", "Tiết kiệm, giúp vốn", "2016", "có",
     "Nhóm trưởng"},
    {"CLB Phụ nữ Khmer", "Câu lạc bộ", "Dân tộc", "Facebook", "Đời sống tinh thần", "05/2018", "có", ""},
};
static const struct club zalo = {
    "Nhóm Zalo Phụ nữ xa quê", "Nhóm", "Lao động nhập cư", "Zalo", "Tư vấn", "01/2018", "có", "Nhóm trưởng"};
static const struct club advice = {"Tổ tư vấn pháp luật", "Tổ tư vấn", "Địa bàn dân cư", "Trực tiếp",
                                   "Tìm hiểu pháp luật",  "2017",      "không",          "Tổ trưởng"};

void work_clubs_choose(struct work *w)
{
    size_t count = sizeof clubs / sizeof clubs[0], first = work_below(w, (unsigned)count);
    size_t wanted = 2 + work_below(w, 2);
    for (size_t i = 0; i < wanted; i++)
        w->clubs[w->club_count++] = &clubs[(first + i) % count];
    w->clubs[w->club_count++] = &zalo;
    if (work_chance(w, 40))
        w->clubs[w->club_count++] = &advice;
}

static enum err write_groups(struct work *w, struct fault *f)
{
    struct work_file file;
    enum err e = work_file_begin(w, "group", &file, f);
    if (e != ERR_OK)
        return e;
    work_row(&file, "Tên nhóm", "Loại hình", "Tiêu chí tập hợp", "Hình thức sinh hoạt", "Ngày thành lập",
             "Mục đích", "Mô hình tập hợp đặc thù", NULL);
    for (size_t i = 0; i < w->club_count; i++) {
        const struct club *c = w->clubs[i];
        work_row(&file, c->name, c->type, c->basis, c->channel, c->founded, c->purpose, c->special, NULL);
    }
    return work_file_end(&file, f);
}

static enum err write_memberships(struct work *w, struct fault *f)
{
    struct work_file file;
    enum err e = work_file_begin(w, "membership", &file, f);
    if (e != ERR_OK)
        return e;
    work_row(&file, "Hội viên", "Nhóm tham gia", "Tham gia từ", NULL);
    for (size_t i = 0; i < w->club_count; i++)
        for (int k = 0; k < PER_CLUB; k++) {
            const struct worker *m = work_member(w, 0);
            if (m != NULL)
                work_row(&file, m->name, w->clubs[i]->name, "2018", NULL);
        }
    return work_file_end(&file, f);
}

enum err work_groups_write(struct work *w, struct fault *f)
{
    enum err e = write_groups(w, f);
    return e == ERR_OK ? write_memberships(w, f) : e;
}

static enum err write_households(struct work *w, struct work_file *members, struct fault *f)
{
    static const char *const standards[] = {"Hộ nghèo", "Hộ cận nghèo", "Hộ chính sách", "Hộ trung bình",
                                            "Hộ khá, giàu"};
    struct work_file file;
    enum err e = work_file_begin(w, "household", &file, f);
    if (e != ERR_OK)
        return e;
    work_row(&file, "Chủ hộ", "Diện hộ", "Địa chỉ", NULL);
    for (int i = 0; i < HOUSEHOLDS; i++) {
        const struct worker *m = work_member(w, 0);
        if (m == NULL || m->citizen_no[0] == '\0')
            continue;
        work_row(&file, m->name, standards[work_below(w, 5)],
                 arena_print(w->arena, "Ấp %u, %s", 1 + work_below(w, 6), w->of->commune->name), NULL);
        work_row(members, m->name, m->birth, m->group, "Hội viên", m->citizen_no, m->name, NULL);
    }
    return work_file_end(&file, f);
}

/* Women whom a club has reached and who have not joined yet. */
static void write_not_yet(struct work *w, struct work_file *members)
{
    char name[EXAMPLE_CELL];
    for (int i = 0; i < NOT_YET; i++) {
        do {
            example_name_make(w->of->names, &w->state, name);
        } while (work_name(w, name) > 0);
        work_row(members, name, arena_print(w->arena, "%u", 1990 + work_below(w, 9)), w->clubs[0]->name,
                 "Chưa là hội viên", "", "", NULL);
    }
}

static enum err write_questions(struct work *w, struct fault *f)
{
    struct work_file file;
    enum err e = work_file_begin(w, "question", &file, f);
    if (e != ERR_OK)
        return e;
    work_row(&file, "Hội viên", "Mục thông tin", "Tình trạng", "Ngày hỏi", NULL);
    for (int asked = 0; asked < QUESTIONS;) {
        const struct worker *m = work_member(w, 0);
        if (m == NULL)
            break;
        if (m->phone[0] != '\0')
            continue;
        work_row(&file, m->name, PHONE, work_chance(w, 70) ? "Đã hỏi" : "Không cung cấp",
                 work_day(w, 1 + work_below(w, 28), 10 + work_below(w, 3)), NULL);
        asked++;
    }
    return work_file_end(&file, f);
}

static void write_event(struct work *w, struct work_file *file, const struct worker *m, const char *type,
                        unsigned first, unsigned months, const char *place)
{
    work_row(file, m->name, type, work_day(w, 1 + work_below(w, 28), first + work_below(w, months)), place,
             NULL);
}

/* Changes that leave everybody in who is in the members' file: who came, and who stayed away for some months.
 */
static enum err write_events(struct work *w, struct fault *f)
{
    struct work_file file;
    const struct worker *m;
    enum err e = work_file_begin(w, "event", &file, f);
    if (e != ERR_OK)
        return e;
    work_row(&file, "Hội viên", "Loại biến động", "Ngày biến động", "Nơi chuyển", NULL);
    for (int i = 0; i < JOINED && (m = work_member(w, 0)) != NULL; i++)
        write_event(w, &file, m, "Kết nạp", 1, 12, "");
    for (int i = 0; i < MOVED_IN && (m = work_member(w, 0)) != NULL; i++)
        write_event(w, &file, m, "Chuyển đến", 1, 12, i % 2 == 0 ? "Xã bên" : "Tỉnh khác");
    for (int i = 0; i < RETURNED && (m = work_member(w, 0)) != NULL; i++) {
        write_event(w, &file, m, "Thôi sinh hoạt", 2, 4, "");
        write_event(w, &file, m, "Sinh hoạt trở lại", 8, 4, "");
    }
    return work_file_end(&file, f);
}

enum err work_people_write(struct work *w, struct fault *f)
{
    struct work_file members;
    enum err e = work_file_begin(w, "member", &members, f);
    if (e != ERR_OK)
        return e;
    work_row(&members, "Họ và tên", "Ngày sinh", "Chi hội", "Thành phần hội viên", "Số CCCD", "Hộ gia đình",
             NULL);
    e = write_households(w, &members, f);
    write_not_yet(w, &members);
    enum err closed = work_file_end(&members, e == ERR_OK ? f : NULL);
    if (e == ERR_OK)
        e = closed;
    if (e == ERR_OK)
        e = write_events(w, f);
    return e == ERR_OK ? write_questions(w, f) : e;
}
