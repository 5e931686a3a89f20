/* population import, target import: of the province and its communes. */
#include "client/report/figure_command.h"
#include "common/noun.h"
#include "common/os.h"

#define MAX_FILE ((size_t)900 << 10) /* it travels in one message */

static enum err say_faults(struct reporter *r, const Hv__FiguresReply *reply, struct fault *f)
{
    for (size_t i = 0; i < reply->n_fault; i++) {
        const Hv__FiguresFault *one = reply->fault[i];
        if (one->has_line)
            ui_tell(&r->ui, "Dòng %llu, cột %s: %s.", "Line %llu, column %s: %s.",
                    (unsigned long long)one->line, one->column, one->text);
        else
            ui_tell(&r->ui, "%s", "%s", one->text);
    }
    return ui_fault(&r->ui, f, ERR_BAD_FORMAT, "Tệp có %u lỗi, chưa nhập gì. Hãy sửa tệp rồi nhập lại.",
                    "The file has %u faults; nothing was imported. Mend it and import again.", reply->faults);
}

/* Cells that the server did not send are empty. */
void figures_say_differences(struct reporter *r, const Hv__FiguresReply *reply)
{
    for (size_t i = 0; i < reply->n_difference; i++) {
        const char *cells[IMPORT_DIFFERENCE];
        for (size_t c = 0; c < IMPORT_DIFFERENCE; c++)
            cells[c] = c < reply->difference[i]->n_cell ? reply->difference[i]->cell[c] : "";
        const char *line = import_difference(r->arena, r->ui.lang, cells);
        if (line != NULL)
            puts(line);
    }
}

static enum err say_reply(struct reporter *r, const Hv__FiguresReply *reply, bool check, struct fault *f)
{
    const char *lines = COUNTED(reply->lines, noun_line, r->ui.lang);
    if (reply->faults > 0)
        return say_faults(r, reply, f);
    if (check)
        figures_say_differences(r, reply);
    if (check)
        ui_say(&r->ui, "Kiểm tra xong: %s, %u chỗ sẽ thay đổi. Chưa ghi gì.",
               "Checked: %s, %u would change. Nothing was written.", lines, reply->changed);
    else
        ui_say(&r->ui, "Đã nhập: %s, %u chỗ thay đổi.", "Imported: %s, %u changed.", lines, reply->changed);
    return ERR_OK;
}

static enum err read_file(struct reporter *r, const char *path, struct bytes *text, struct fault *f)
{
    enum err e = os_file_read(r->arena, path, MAX_FILE, text, f);
    return e == ERR_TOO_LARGE
               ? ui_fault(&r->ui, f, e, "Tệp quá lớn; hãy chia thành nhiều tệp, mỗi tệp dưới 900 KB.",
                          "The file is too large; split it into files below 900 kB.")
               : e;
}

enum err figures_ask(struct reporter *r, const struct options *o, const struct bytes *text,
                     Hv__FiguresReply **reply, struct fault *f)
{
    Hv__FiguresRequest figures = HV__FIGURES_REQUEST__INIT;
    Hv__Request request = HV__REQUEST__INIT;
    Hv__Reply *all = NULL;
    figures.name = arena_print(r->arena, "%s", (const char *)o->command->data);
    figures.lang = arena_print(r->arena, "%s", r->ui.lang == LANG_EN ? "en" : "vi");
    figures.has_csv = figures.has_check = text != NULL;
    if (text != NULL)
        figures.csv = (ProtobufCBinaryData){text->n, (uint8_t *)(uintptr_t)text->p};
    figures.check = option(o, "check") != NULL;
    request.figures = &figures;
    enum err e = reporter_fetch(r, &request, HV__REPLY__BODY_FIGURES, &all, f);
    if (e == ERR_OK)
        *reply = all->figures;
    return e;
}

enum err cmd_figures_import(void *program, const struct options *o, struct fault *f)
{
    struct reporter *r = program;
    Hv__FiguresReply *reply = NULL;
    struct bytes text;
    if (o->arg_count != 1)
        return ui_fault(&r->ui, f, ERR_USAGE, "Hãy cho tên một tệp CSV.", "Give the name of one CSV file.");
    enum err e = reporter_folder(r, o, f);
    if (e == ERR_OK)
        e = book_open(&r->book, &r->ui, r->folder, false, f);
    if (e == ERR_OK)
        e = read_file(r, o->args[0], &text, f);
    if (e == ERR_OK)
        e = figures_ask(r, o, &text, &reply, f);
    return e == ERR_OK ? say_reply(r, reply, option(o, "check") != NULL, f) : e;
}
