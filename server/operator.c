#include "server/operator.h"
#include <string.h>

static const struct {
    enum err code;
    struct text_pair vi_en;
} sentences[] = {
    {ERR_DB_GONE,
     {"Không kết nối được với cơ sở dữ liệu (%.200s). Hãy xem PostgreSQL có đang chạy không.",
      "The database can't be reached (%.200s). See whether PostgreSQL runs."}},
    {ERR_SCHEMA,
     {"Cơ sở dữ liệu không khớp với phiên bản của chương trình (%.200s). Hãy chạy hoivien-admin migrate, "
      "hoặc cài hoivien mới hơn.",
      "The database does not fit this version of the program (%.200s). Run hoivien-admin migrate, or install "
      "a newer hoivien."}},
    {ERR_BUSY,
     {"Cơ sở dữ liệu của máy chủ đang bận (%.200s). Hãy đợi, hoặc dừng máy chủ và các chương trình hoivien "
      "khác, rồi thử lại.",
      "The server's database is in use (%.200s). Wait, or stop the server and hoivien's other programs, and "
      "try again."}},
    {ERR_DB_RETRY,
     {"Cơ sở dữ liệu của máy chủ đang bận (%.200s). Hãy thử lại.",
      "The server's database is in use (%.200s). Try again."}},
    {ERR_DB,
     {"Cơ sở dữ liệu từ chối (%.200s). Hãy xem nhật ký của PostgreSQL.",
      "The database refused (%.200s). See PostgreSQL's log."}},
    {ERR_DB_DATA,
     {"Cơ sở dữ liệu từ chối dữ liệu này (%.200s). Chưa ghi gì.",
      "The database refused these data (%.200s). Nothing was written."}},
};

static bool is_sentence(const char *text)
{
    size_t n = strlen(text);
    return n > 0 && strchr(".?!)", text[n - 1]) != NULL;
}

enum err operator_fault(const struct ui *ui, enum err e, struct fault *f)
{
    char text[sizeof f->text];
    if (e == ERR_OK || is_sentence(f->text))
        return e;
    for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++)
        if (sentences[i].code == e) {
            memcpy(text, f->text, sizeof text);
            return ui_fault(ui, f, e, sentences[i].vi_en.vi, sentences[i].vi_en.en, text);
        }
    return e;
}
