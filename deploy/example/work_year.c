/* A year of activities: two chi hội keep lists of who came (their count is left to the lists), some others
 * count, clubs meet by what they are for, and the group on Zalo meets online. */
#include "deploy/example/work.h"
#include <string.h>

#define LISTED 2 /* chi hội that keep lists, as deploy/quickstart takes them */

static const char *const topics[] = {
    "Pháp luật",  "Gia đình, nuôi dạy con", "Sức khỏe",    "Phát triển kinh tế",
    "Môi trường", "Quyền của phụ nữ",       "Công tác Hội"};
static const char *const forms[] = {"Định kỳ",
                                    "Định kỳ, Chuyên đề",
                                    "Chuyên đề",
                                    "Chuyên đề, Truyền thông tương tác",
                                    "Truyền thông tương tác, Trò chơi",
                                    "Hái hoa dân chủ",
                                    "Tham quan",
                                    "Định kỳ, Trò chơi"};

#define PICK(w, list) (list)[work_below(w, sizeof(list) / sizeof(list)[0])]

static const char *count_cell(struct work *w, unsigned least, unsigned more)
{
    return arena_print(w->arena, "%u", least + work_below(w, more));
}

static void chi_hoi_row(struct work *w, struct work_file *file, int number, unsigned month, bool listed)
{
    work_row(file, work_chi_hoi(w, number), work_day(w, 1 + work_below(w, 28), month), PICK(w, forms),
             PICK(w, topics), "Trực tiếp", "Nhà văn hóa ấp", listed ? "" : count_cell(w, 25, 45),
             count_cell(w, 60, 31), NULL);
}

static void club_row(struct work *w, struct work_file *file, const struct club *c, unsigned month)
{
    bool online = strcmp(c->channel, "Zalo") == 0 || strcmp(c->channel, "Facebook") == 0;
    work_row(file, c->name, work_day(w, 1 + work_below(w, 28), month),
             online ? "Trực tuyến, Chuyên đề" : "Văn nghệ, câu lạc bộ",
             online ? "Kỹ năng số" : PICK(w, topics), c->channel, online ? "" : "Trụ sở Ủy ban",
             count_cell(w, 8, 14), count_cell(w, 45, 46), NULL);
}

enum err work_year_write(struct work *w, struct fault *f)
{
    struct work_file file;
    enum err e = work_file_begin(w, "activity", &file, f);
    int counting = 3 + (int)work_below(w, 4);
    if (e != ERR_OK)
        return e;
    work_row(&file, "Chi hội, tổ, nhóm", "Ngày sinh hoạt", "Hình thức", "Chủ đề", "Kênh sinh hoạt",
             "Địa điểm", "Số người dự", "Số phút", NULL);
    for (int number = 1; number <= LISTED && number <= w->chi_hoi; number++)
        for (unsigned month = 3; month <= 11; month += 4)
            chi_hoi_row(w, &file, number, month, true);
    for (int number = LISTED + 1; number <= LISTED + counting && number <= w->chi_hoi; number++)
        chi_hoi_row(w, &file, number, 1 + work_below(w, 12), false);
    work_row(&file, work_chi_hoi(w, 1), "08/03/2018", "Ngày lễ, Văn nghệ, câu lạc bộ", "Văn hóa, văn nghệ",
             "Trực tiếp", "Hội trường xã", count_cell(w, 60, 80), "120", NULL);
    for (size_t i = 0; i < w->club_count; i++)
        for (unsigned month = 2 + work_below(w, 5); month <= 12; month += 6)
            club_row(w, &file, w->clubs[i], month);
    return work_file_end(&file, f);
}
