/* A sheet of a chi hội, to print and fill in by hand: who is to be asked, and what is missing most. */
#include "client/asking.h"
#include "common/date.h"
#include "common/os.h"
#include <stdlib.h>
#include <string.h>

#define SHEET_COLUMNS 8 /* as many as a hand can write into on A4 */

struct sheet {
    FILE *out;
    const struct code *columns[ASK_FIELDS];
    size_t missing[ASK_FIELDS]; /* by the position in ask_field_codes */
    size_t count;
    size_t rows;
    size_t members; /* who may be asked at all */
};

static const char sheet_style[] =
    "@page{size:A4 landscape;margin:10mm}"
    "body{font:11pt 'Times New Roman',serif;margin:0}"
    "h1{font-size:14pt;text-align:center;margin:4mm 0 1mm}"
    "p{margin:1mm 0;text-align:center}"
    "table{border-collapse:collapse;width:100%;table-layout:fixed;margin-top:3mm}"
    "thead{display:table-header-group}"
    "tr{break-inside:avoid}"
    "th,td{border:1px solid #000;padding:1mm;overflow-wrap:anywhere}"
    "td{height:9mm}"
    ".n{width:8mm;text-align:right}.w{width:48mm}.y{width:14mm;text-align:center}"
    ".x{text-align:center;background:#eee}"
    ".end{margin-top:6mm;text-align:right}";

static void html_put(FILE *out, const char *p, size_t n)
{
    static const struct {
        char c;
        const char *text;
    } marks[] = {{'<', "&lt;"}, {'>', "&gt;"}, {'&', "&amp;"}, {'"', "&quot;"}, {'\'', "&#39;"}};
    for (size_t i = 0; i < n; i++) {
        const char *text = NULL;
        for (size_t k = 0; k < sizeof marks / sizeof marks[0]; k++)
            text = marks[k].c == p[i] ? marks[k].text : text;
        if (text != NULL)
            fputs(text, out);
        else
            putc(p[i], out);
    }
}

static void html_string(FILE *out, const char *text)
{
    html_put(out, text, strlen(text));
}

static enum err sheet_count(struct asking *a, const struct record *member, struct fault *f)
{
    struct sheet *s = a->context;
    (void)f;
    s->members++;
    for (size_t k = 0; k < ASK_FIELDS; k++)
        s->missing[k] += asking_is_open(a, member, &ask_field_codes[k]);
    return ERR_OK;
}

/* A sheet goes through many hands, so nobody writes on it what the law calls sensitive. */
static bool is_for_paper(const struct code *field)
{
    int i = kind_field_by_number(&kind_member, (uint32_t)field->value);
    return kind_member.fields[i].sensitivity != SENSITIVE;
}

/* What is missing most comes first; of as many, what the registry has first. */
static void sheet_choose(struct sheet *s)
{
    bool taken[ASK_FIELDS] = {false};
    while (s->count < SHEET_COLUMNS) {
        size_t most = ASK_FIELDS;
        for (size_t k = 0; k < ASK_FIELDS; k++)
            if (!taken[k] && is_for_paper(&ask_field_codes[k]) &&
                s->missing[k] > (most < ASK_FIELDS ? s->missing[most] : 0))
                most = k;
        if (most == ASK_FIELDS)
            return;
        taken[most] = true;
        s->columns[s->count++] = &ask_field_codes[most];
    }
}

static enum err sheet_head(struct sheet *s, struct client *c, const struct id *group, struct fault *f)
{
    struct identity who;
    struct bytes name;
    char today[DATE_TEXT];
    enum err e = identity_load(c->book, &who, f);
    if (e == ERR_OK)
        e = client_name_of(c, &kind_group, group, &name, f);
    if (e != ERR_OK)
        return e;
    date_format(os_today(), false, today);
    fprintf(s->out,
            "<!DOCTYPE html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\">"
            "<title>Phiếu bổ sung thông tin hội viên</title><style>%s</style></head><body>\n<p>",
            sheet_style);
    html_string(s->out, who.unit_count > 0 ? who.units[0].name : "");
    fputs("</p>\n<h1>PHIẾU BỔ SUNG THÔNG TIN HỘI VIÊN</h1>\n<p>", s->out);
    html_put(s->out, (const char *)name.p, name.n);
    fprintf(s->out,
            " – ngày %s</p>\n<p>Chị em tự nguyện cung cấp. Mục nào không muốn cung cấp, xin ghi chữ "
            "“không”. Ô có dấu × không cần ghi.</p>\n",
            today);
    key_wipe(&who, sizeof who);
    return ERR_OK;
}

static void sheet_headings(struct sheet *s)
{
    fputs("<table><thead><tr><th class=\"n\">TT</th><th class=\"w\">Họ và tên</th>"
          "<th class=\"y\">Năm sinh</th>",
          s->out);
    for (size_t k = 0; k < s->count; k++) {
        fputs("<th>", s->out);
        html_string(s->out, s->columns[k]->label.vi);
        fputs("</th>", s->out);
    }
    fputs("</tr></thead><tbody>\n", s->out);
}

/* What is there already or was declined looks alike on paper. */
static enum err sheet_row(struct asking *a, const struct record *member, struct fault *f)
{
    struct sheet *s = a->context;
    bool open[ASK_FIELDS], any = false;
    struct bytes name = record_text(member, kind_field(&kind_member, "name"));
    (void)f;
    for (size_t k = 0; k < s->count; k++)
        any |= open[k] = asking_is_open(a, member, s->columns[k]);
    if (!any)
        return ERR_OK;
    fprintf(s->out, "<tr><td class=\"n\">%zu</td><td class=\"w\">", ++s->rows);
    html_put(s->out, (const char *)name.p, name.n);
    fprintf(s->out, "</td><td class=\"y\">%lld</td>",
            (long long)record_int(member, kind_field(&kind_member, "birth"), 0) / 10000);
    for (size_t k = 0; k < s->count; k++)
        fputs(open[k] ? "<td></td>" : "<td class=\"x\">×</td>", s->out);
    fputs("</tr>\n", s->out);
    return ERR_OK;
}

static enum err sheet_write(struct sheet *s, struct asking *a, struct fault *f)
{
    enum err e = sheet_head(s, a->client, a->selection.filter.group, f);
    if (e != ERR_OK)
        return e;
    sheet_headings(s);
    e = asking_each(a, sheet_row, s, f);
    fputs("</tbody></table>\n<p class=\"end\">Người ghi: ........................................</p>\n"
          "</body></html>\n",
          s->out);
    return e;
}

static enum err sheet_save(struct client *c, const char *path, const char *html, size_t size, size_t rows,
                           struct fault *f)
{
    if (path == NULL) {
        fwrite(html, 1, size, stdout);
        return ERR_OK;
    }
    if (os_file_write(path, html, size, 0600, f) != ERR_OK)
        return ui_fault(&c->ui, f, ERR_FILE, "Không ghi được tệp %s; hãy chọn nơi khác.",
                        "The file %s can't be written; choose another place.", path);
    ui_say(&c->ui, "Phiếu của %zu hội viên ở tệp %s; hãy mở bằng trình duyệt rồi in.",
           "Members on the sheet: %zu. It is in %s; open it in a browser and print it.", rows, path);
    return ERR_OK;
}

static enum err sheet_make(struct asking *a, struct sheet *s, const char *path, struct fault *f)
{
    char *html = NULL;
    size_t size = 0;
    s->out = open_memstream(&html, &size);
    if (s->out == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    enum err e = sheet_write(s, a, f);
    bool written = ferror(s->out) == 0;
    if ((fclose(s->out) != 0 || !written) && e == ERR_OK)
        e = fault(f, ERR_NO_MEMORY, "out of memory");
    if (e == ERR_OK)
        e = sheet_save(a->client, path, html, size, s->rows, f);
    free(html);
    return e;
}

enum err cmd_member_sheet(void *program, const struct options *o, struct fault *f)
{
    struct client *c = program;
    struct asking a;
    struct sheet s = {.rows = 0};
    const char *group = option(o, "group") != NULL ? option(o, "group") : option(o, "in-group");
    if (group == NULL)
        return ui_fault(&c->ui, f, ERR_USAGE, "Hãy cho chi hội, ví dụ --group \"Chi hội 1\".",
                        "Give the group, for example --group \"Chi hội 1\".");
    enum err e = asking_begin(&a, c, o, f);
    if (e == ERR_OK)
        e = asking_each(&a, sheet_count, &s, f);
    if (e != ERR_OK)
        return e;
    sheet_choose(&s);
    if (s.members == 0)
        return ui_fault(&c->ui, f, ERR_NO_SUCH_RECORD,
                        "\"%s\" hiện không có hội viên nào; hãy xem: hoivien member list --group \"%s\"",
                        "\"%s\" has no members at present; see: hoivien member list --group \"%s\"", group,
                        group);
    if (s.count == 0)
        return ui_fault(&c->ui, f, ERR_NO_SUCH_RECORD, "Ở \"%s\" không còn ai cần hỏi để ghi vào phiếu.",
                        "In \"%s\" nobody is left to be asked on a sheet.", group);
    return sheet_make(&a, &s, option(o, "output"), f);
}
