/* A year's means: the fund's book with the dues of some members, support, models and commendations. */
#include "deploy/example/work.h"

#define DUES       "24000" /* a year */
#define PAYERS     30
#define LEAST_CARE 8

static const char *thousands(struct work *w, unsigned least, unsigned more)
{
    return arena_print(w->arena, "%u000", least + work_below(w, more));
}

/* ---- the fund ---- */

static void dues_rows(struct work *w, struct work_file *file)
{
    for (unsigned i = 0; i < PAYERS; i++) {
        const struct worker *m = work_member(w, 0);
        if (m == NULL)
            return;
        work_row(file, "Thu", work_day(w, 1 + work_below(w, 28), 2 + work_below(w, 10)), DUES, "Hội phí", "",
                 arena_print(w->arena, "PT%03u", 100 + i), m->name, "2018", "", NULL);
    }
}

static void other_rows(struct work *w, struct work_file *file)
{
    static const char *const purposes[] = {"Hoạt động Hội", "Thăm hỏi, chăm lo hội viên",
                                           "Giúp phụ nữ khó khăn", "Khen thưởng"};
    work_row(file, "Thu", work_day(w, 5, 1), thousands(w, 2000, 3000), "Hội viên tự nguyện đóng góp", "",
             "PT001", "", "", "Quyên góp đầu năm", NULL);
    work_row(file, "Thu", work_day(w, 20, 6), thousands(w, 500, 1000), "Thu hợp pháp khác", "", "PT002", "",
             "", "Bán sản phẩm tái chế", NULL);
    for (unsigned i = 0; i < sizeof purposes / sizeof purposes[0]; i++)
        work_row(file, "Chi", work_day(w, 1 + work_below(w, 28), 3 + 2 * i), thousands(w, 150, 400), "",
                 purposes[i], arena_print(w->arena, "PC%03u", i + 1), "", "", "", NULL);
    work_row(file, "Hiện vật", work_day(w, 15, 1), thousands(w, 1000, 2000), "Hội viên tự nguyện đóng góp",
             "", "", "", "", "Gạo và quà Tết cho hộ nghèo", NULL);
    work_row(file, "Ngày công", work_day(w, 22, 4), thousands(w, 600, 1200), "Hội viên tự nguyện đóng góp",
             "", "", "", "", "Làm đường hoa", NULL);
}

static enum err entries_write(struct work *w, struct fault *f)
{
    struct work_file file;
    enum err e = work_file_begin(w, "entry", &file, f);
    if (e != ERR_OK)
        return e;
    work_row(&file, "Thu hay chi", "Ngày chứng từ", "Số tiền (đồng)", "Nguồn thu", "Mục đích chi",
             "Số chứng từ", "Hội viên nộp", "Hội phí của năm", "Diễn giải", NULL);
    other_rows(w, &file);
    dues_rows(w, &file);
    return work_file_end(&file, f);
}

/* ---- support ---- */

static enum err supports_write(struct work *w, struct fault *f)
{
    static const struct {
        const char *type, *source, *programme;
        unsigned value; /* thousands of đồng; 0: none */
    } rows[] = {
        {"Hỗ trợ vay vốn", "Ngân hàng Chính sách xã hội", "Đề án hỗ trợ phụ nữ khởi nghiệp", 20000},
        {"Tập huấn, dạy nghề", "Ngân sách", "Đề án hỗ trợ phụ nữ khởi nghiệp", 500},
        {"Tư vấn, giới thiệu việc làm", "", "", 0},
        {"Thăm hỏi, tặng quà", "Quỹ hội", "", 300},
        {"Bảo vệ quyền lợi khi bị xâm hại", "", "", 0},
        {"Hỗ trợ khởi nghiệp", "Vận động ủng hộ", "Đề án hỗ trợ phụ nữ khởi nghiệp", 3000},
    };
    struct work_file file;
    enum err e = work_file_begin(w, "support", &file, f);
    if (e != ERR_OK)
        return e;
    work_row(&file, "Hội viên", "Số người", "Nội dung chăm lo", "Ngày hỗ trợ", "Giá trị (đồng)",
             "Chương trình, đề án", "Nguồn", NULL);
    for (unsigned i = 0, n = LEAST_CARE + work_below(w, 8); i < n; i++) {
        unsigned k = work_below(w, sizeof rows / sizeof rows[0]);
        const struct worker *m = work_member(w, 0);
        const char *value =
            rows[k].value == 0 ? "" : thousands(w, rows[k].value, rows[k].value / 2); /* up to half more */
        if (m != NULL)
            work_row(&file, m->name, "", rows[k].type,
                     work_day(w, 1 + work_below(w, 28), 1 + work_below(w, 12)), value, rows[k].programme,
                     rows[k].source, NULL);
    }
    work_row(&file, "", arena_print(w->arena, "%u", 15 + work_below(w, 30)), "Tập huấn, dạy nghề",
             work_day(w, 18, 9), "", "Đề án hỗ trợ phụ nữ khởi nghiệp", "Ngân sách", NULL);
    return work_file_end(&file, f);
}

/* ---- models and commendations ---- */

static const char *const models[] = {"Trồng rau an toàn", "Nhà sạch, vườn đẹp", "Nuôi heo đất tiết kiệm",
                                     "Phân loại rác tại nhà"};
#define MODELS (sizeof models / sizeof models[0])

static enum err models_write(struct work *w, unsigned first, struct fault *f)
{
    struct work_file file;
    enum err e = work_file_begin(w, "model", &file, f);
    if (e != ERR_OK)
        return e;
    work_row(&file, "Tên mô hình", "Bắt đầu từ", "Chi hội, tổ, nhóm", "Lĩnh vực", "Ngày sơ kết, tổng kết",
             "Đánh giá", "Bài học", NULL);
    work_row(&file, models[first % MODELS], "03/2017", work_chi_hoi(w, 1), "Môi trường", work_day(w, 15, 10),
             "Hiệu quả", "Làm từ tổ nhỏ, có người kèm.", NULL);
    work_row(&file, models[(first + 1) % MODELS], "2018", "", "Phát triển kinh tế", "", "", "", NULL);
    return work_file_end(&file, f);
}

static enum err replications_write(struct work *w, unsigned first, struct fault *f)
{
    struct work_file file;
    enum err e = work_file_begin(w, "replication", &file, f);
    if (e != ERR_OK)
        return e;
    work_row(&file, "Mô hình", "Nơi nhân rộng", "Ngày nhân rộng", "Kết quả", NULL);
    for (int number = 2; number <= 2 + (int)work_below(w, 3) && number <= w->chi_hoi; number++)
        work_row(&file, models[first % MODELS], work_chi_hoi(w, number), "11/2018", "Đang thực hiện", NULL);
    return work_file_end(&file, f);
}

static enum err commendations_write(struct work *w, struct fault *f)
{
    static const char *const grounds[] = {"Thu hút, tập hợp hội viên", "Xây dựng, nhân rộng mô hình",
                                          "Người tốt, việc tốt"};
    struct work_file file;
    enum err e = work_file_begin(w, "commendation", &file, f);
    if (e != ERR_OK)
        return e;
    work_row(&file, "Hội viên", "Tập thể trong xã", "Hình thức khen", "Cấp khen", "Số quyết định",
             "Ngày quyết định", "Thành tích", NULL);
    for (unsigned i = 0, n = 1 + work_below(w, 4); i < n; i++) {
        const struct worker *m = work_member(w, 0);
        if (m != NULL)
            work_row(&file, m->name, "", "Giấy khen", i == 0 ? "Cấp huyện" : "Cấp xã",
                     arena_print(w->arena, "%u/QĐ-PN", 10 + i), work_day(w, 20, 10),
                     grounds[work_below(w, sizeof grounds / sizeof grounds[0])], NULL);
    }
    work_row(&file, "", work_chi_hoi(w, 1), "Bằng khen", "Cấp tỉnh", "77/QĐ-BTV", work_day(w, 18, 12),
             grounds[0], NULL);
    return work_file_end(&file, f);
}

enum err work_means_write(struct work *w, struct fault *f)
{
    unsigned first = work_below(w, MODELS);
    enum err e = entries_write(w, f);
    if (e == ERR_OK)
        e = supports_write(w, f);
    if (e == ERR_OK)
        e = models_write(w, first, f);
    if (e == ERR_OK)
        e = replications_write(w, first, f);
    return e == ERR_OK ? commendations_write(w, f) : e;
}
