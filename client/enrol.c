/* Enrolment: keys first, so that a lost reply can be asked for again with the same ones. */
#include "client/exchange_private.h"
#include "common/os.h"
#include <stdio.h>
#include <string.h>

/* A code copied from a message may come with blanks in it. */
static enum err join_words(struct arena *a, const struct options *o, char **out, struct fault *f)
{
    *out = arena_print(a, "%s", "");
    for (int i = 0; i < o->arg_count && *out != NULL; i++)
        *out = arena_print(a, "%s%s", *out, o->args[i]);
    return *out != NULL ? ERR_OK : fault(f, ERR_NO_MEMORY, "out of memory");
}

/* The code itself, or what the file that holds it says. */
static enum err code_text(struct arena *a, const struct options *o, char **out, struct fault *f)
{
    struct bytes text;
    const char *word = o->args[0], *path = word[0] == '@' ? word + 1 : word;
    if (word[0] != '@' && !os_exists(word))
        return join_words(a, o, out, f);
    enum err e = os_file_read(a, path, 4096, &text, f);
    if (e != ERR_OK)
        return e;
    *out = arena_copy(a, text.p, text.n);
    return *out != NULL ? ERR_OK : fault(f, ERR_NO_MEMORY, "out of memory");
}

static enum err refuse_bound(const struct ui *ui, const struct identity *who, struct fault *f)
{
    return ui_fault(
        ui, f, ERR_EXISTS,
        "Sổ này đã thuộc về %s (%s); hãy dùng thư mục khác bằng --dir, hoặc cứ tiếp tục dùng sổ này.",
        "This register belongs to %s (%s) already; use another folder by --dir, or just go on with this one.",
        who->units[0].name, who->units[0].code);
}

/* The same code again keeps the keys of the first try. */
static void prepare(struct identity *who, const struct enrolment_code *code)
{
    bool again = memcmp(who->seed, code->seed, SEED_SIZE) == 0 &&
                 memcmp(who->server_key, code->server_key, KEY_SIZE) == 0;
    snprintf(who->endpoints, sizeof who->endpoints, "%s", code->endpoints);
    if (again)
        return;
    curve_pair_make(&who->curve);
    sign_pair_make(&who->sign);
    who->replica = os_new_id();
    memcpy(who->seed, code->seed, SEED_SIZE);
    memcpy(who->server_key, code->server_key, KEY_SIZE);
}

static enum err take_reply(struct identity *who, const struct ui *ui, const Hv__EnrolReply *r,
                           struct fault *f)
{
    if (r->device == 0 || r->n_unit == 0 || r->role == NULL)
        return exchange_fault(ui, ERR_MALFORMED, f);
    who->device = r->device;
    snprintf(who->role, sizeof who->role, "%s", r->role);
    who->unit_count = 0;
    for (size_t i = 0; i < r->n_unit && i < sizeof who->units / sizeof who->units[0]; i++) {
        const Hv__Unit *u = r->unit[i];
        who->units[i].stream = u->stream;
        who->units[i].level = u->level;
        snprintf(who->units[i].code, sizeof who->units[i].code, "%s", u->code != NULL ? u->code : "");
        snprintf(who->units[i].name, sizeof who->units[i].name, "%s", u->name != NULL ? u->name : "");
        who->unit_count++;
    }
    key_wipe(who->seed, sizeof who->seed);
    return ERR_OK;
}

#define CODE_TRIES 3
#define CODE_MS    700

static enum err ask_once(struct identity *who, const struct ui *ui, struct fault *f)
{
    struct exchange x;
    struct curve_pair once;
    uint8_t proof[SIGN_SIZE];
    Hv__EnrolRequest enrol = HV__ENROL_REQUEST__INIT;
    Hv__Request request = HV__REQUEST__INIT;
    Hv__Reply *reply = NULL;
    curve_pair_of_seed(who->seed, &once);
    enrol_proof_make(&who->sign, who->curve.public_key, proof);
    enrol.has_curve_key = enrol.has_sign_key = enrol.has_proof = true;
    enrol.curve_key = (ProtobufCBinaryData){KEY_SIZE, who->curve.public_key};
    enrol.sign_key = (ProtobufCBinaryData){KEY_SIZE, who->sign.public_key};
    enrol.proof = (ProtobufCBinaryData){SIGN_SIZE, proof};
    request.body_case = HV__REQUEST__BODY_ENROL;
    request.enrol = &enrol;
    enum err e = exchange_open(&x, ui, who->endpoints, who->server_key, &once, f);
    if (e == ERR_OK)
        e = exchange_send(&x, &request, f);
    if (e == ERR_OK)
        e = exchange_receive(&x, &reply, f);
    if (e == ERR_OK)
        e = reply->body_case == HV__REPLY__BODY_ENROL ? take_reply(who, ui, reply->enrol, f)
                                                      : exchange_fault(ui, ERR_MALFORMED, f);
    exchange_close(&x);
    key_wipe(&once, sizeof once);
    return e;
}

/* A code that was issued a moment ago may not have reached the gate yet. */
static enum err ask(struct identity *who, const struct ui *ui, struct fault *f)
{
    enum err e = ask_once(who, ui, f);
    for (int i = 1; e == ERR_KEY_REFUSED && i < CODE_TRIES && os_sleep_ms(CODE_MS); i++)
        e = ask_once(who, ui, f);
    if (e == ERR_KEY_REFUSED)
        e = ui_fault(ui, f, e,
                     "Máy chủ không nhận mã ghi danh này: mã đã hết hạn, đã bị huỷ hoặc của máy chủ khác. "
                     "Hãy xin mã mới.",
                     "The server does not take this enrolment code: it has expired, was cancelled, or is "
                     "another server's. Ask for a new one.");
    return e;
}

static enum err save(struct book *b, const struct identity *who, struct fault *f)
{
    enum err e = book_begin(b, f);
    if (e != ERR_OK)
        return e;
    if ((e = identity_save(b, who, f)) == ERR_OK)
        return book_commit(b, f);
    book_rollback(b);
    return e;
}

static enum err check_role(const struct identity *who, const struct ui *ui, const char *role, struct fault *f)
{
    if (strcmp(who->role, role) == 0)
        return ERR_OK;
    return ui_fault(
        ui, f, ERR_NOT_ALLOWED,
        "Mã này không phải dành cho chương trình %s, và nay đã dùng rồi. Hãy xin người giữ máy chủ một "
        "mã khác cho %s.",
        "This code is not one for %s, and it is used up now. Ask the server's operator for another one, "
        "for %s.",
        ui->program, ui->program);
}

/* Nothing of the reply is kept when the code was for something else: another code may follow. */
static enum err enrol_with(struct book *b, const struct ui *ui, struct arena *a, const struct options *o,
                           const char *role, struct identity *who, struct fault *f)
{
    struct enrolment_code code;
    char *text;
    enum err e = identity_load(b, who, f);
    if (e == ERR_OK && who->device != 0)
        return refuse_bound(ui, who, f);
    if (e == ERR_OK)
        e = code_text(a, o, &text, f);
    if (e == ERR_OK)
        e = code_parse(a, ui->lang, text, &code, f);
    if (e != ERR_OK)
        return e;
    prepare(who, &code);
    key_wipe(&code, sizeof code);
    e = save(b, who, f);
    if (e == ERR_OK)
        e = ask(who, ui, f);
    if (e == ERR_OK)
        e = check_role(who, ui, role, f);
    return e == ERR_OK ? save(b, who, f) : e;
}

enum err enrol_run(struct book *b, const struct ui *ui, const struct options *o, const char *role,
                   struct fault *f)
{
    struct identity who = {0};
    struct arena *a = arena_make(1 << 16);
    enum err e =
        a != NULL ? enrol_with(b, ui, a, o, role, &who, f) : fault(f, ERR_NO_MEMORY, "out of memory");
    key_wipe(&who, sizeof who);
    arena_free(a);
    return e;
}
