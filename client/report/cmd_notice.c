/* notice seen: which communes have seen a notice, and when. */
#include "client/cell.h"
#include "client/report/pen.h"
#include "common/csv.h"

static const struct text_pair headings[] = {{"Mã xã", "commune_code"},
                                            {"Xã", "commune"},
                                            {"Đã xem", "seen"},
                                            {"Gửi cho xã này", "addressed"},
                                            {"Bản đã xem", "wording"}};
#define COLUMNS (sizeof headings / sizeof headings[0])

/* Which wording the commune has seen; "" for none. */
static const char *wording(const struct reporter *r, const Hv__SeenRow *row)
{
    static const struct text_pair present = {"bản hiện nay", "present"}, older = {"bản cũ", "older"};
    struct text_pair words = row->older ? older : present;
    return !row->has_date ? "" : r->is_plain ? words.en : text_in(r->ui.lang, words);
}

static void print_csv(struct reporter *r, const Hv__SeenReply *s, FILE *out)
{
    static const struct text_pair yes = {"có", "yes"}, no = {"không", "no"};
    struct csv_out csv;
    csv_begin(&csv, out, r->is_plain);
    for (size_t i = 0; i < COLUMNS; i++)
        csv_string(&csv, r->is_plain ? headings[i].en : text_in(r->ui.lang, headings[i]));
    csv_end_row(&csv);
    for (size_t i = 0; i < s->n_row; i++) {
        csv_string(&csv, s->row[i]->code);
        csv_string(&csv, s->row[i]->name);
        csv_date(&csv, s->row[i]->date);
        csv_string(&csv, s->row[i]->not_for ? (r->is_plain ? "no" : text_in(r->ui.lang, no))
                         : r->is_plain      ? "yes"
                                            : text_in(r->ui.lang, yes));
        csv_string(&csv, wording(r, s->row[i]));
        csv_end_row(&csv);
    }
}

static void print_words(struct reporter *r, const Hv__SeenReply *s, FILE *out)
{
    static const struct text_pair words[] = {
        {"Mã", "Code"}, {"Xã", "Commune"}, {"Đã xem", "Seen"}, {"Bản đã xem", "Wording"}};
#define WORDS (sizeof words / sizeof words[0])
    bool en = r->ui.lang == LANG_EN;
    size_t seen = 0, meant = 0, older = 0;
    struct table *t = table_make(WORDS);
    for (size_t i = 0; i < WORDS; i++)
        table_heading(t, i, text_in(r->ui.lang, words[i]), false);
    for (size_t i = 0; i < s->n_row; i++) {
        table_cell(t, s->row[i]->code);
        table_cell(t, s->row[i]->name);
        table_cell(t, s->row[i]->not_for    ? (en ? "not for it" : "không gửi cho xã này")
                      : s->row[i]->has_date ? words_date(r, s->row[i]->date)
                                            : (en ? "not yet" : "chưa"));
        table_cell(t, s->row[i]->not_for ? "" : wording(r, s->row[i]));
        if (s->row[i]->not_for)
            continue;
        meant++;
        seen += s->row[i]->has_date != 0;
        older += s->row[i]->has_date && s->row[i]->older;
    }
    table_print(t, out);
    table_free(t);
    fprintf(out, en ? "Seen by %zu of %zu communes.\n" : "%zu trên %zu xã đã xem.\n", seen, meant);
    if (older > 0)
        fprintf(
            out,
            en ? "Of these %zu saw an older wording; the present one is shown to them at their next sync.\n"
               : "Trong đó %zu xã mới xem bản cũ; bản hiện nay sẽ hiện ra ở lần đồng bộ tới của xã.\n",
            older);
}

static enum err ask(struct reporter *r, const struct options *o, struct id *notice, struct fault *f)
{
    Hv__SeenRequest seen = HV__SEEN_REQUEST__INIT;
    Hv__Request request = HV__REQUEST__INIT;
    Hv__Reply *reply;
    FILE *out;
    seen.has_notice = true;
    seen.notice = (ProtobufCBinaryData){sizeof notice->b, notice->b};
    request.seen = &seen;
    enum err e = reporter_fetch(r, &request, HV__REPLY__BODY_SEEN, &reply, f);
    if (e == ERR_OK)
        e = output_open(r, o, &out, f);
    if (e != ERR_OK)
        return e;
    if (r->is_csv)
        print_csv(r, reply->seen, out);
    else
        print_words(r, reply->seen, out);
    return output_close(r, o, out, f);
}

enum err cmd_notice_seen(void *program, const struct options *o, struct fault *f)
{
    struct reporter *r = program;
    struct client c;
    struct id notice;
    bool no_link;
    if (o->arg_count != 1)
        return ui_fault(&r->ui, f, ERR_USAGE, "Hãy cho mã hoặc tiêu đề của một thông báo.",
                        "Give the id or the title of one notice.");
    r->is_plain = option(o, "plain") != NULL;
    enum err e = option_format(&r->ui, o, &r->is_csv, f);
    if (e == ERR_OK)
        e = pen_open(r, o, false, &c, f);
    if (e == ERR_OK)
        e = pen_pull(r, &c, &no_link, f);
    if (e != ERR_OK)
        return e;
    struct cells x = {.book = c.book, .ui = &c.ui, .arena = c.arena};
    e = cell_record_find(&x, &kind_notice, o->args[0], &notice, f);
    return e == ERR_OK ? ask(r, o, &notice, f) : e;
}
