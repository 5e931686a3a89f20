/* Enrolment: keys first, so that a lost reply can be asked for again with the same ones. The register is
 * made, or gets its new keys, when the server has answered. */
#include "client/enrol_keys.h"
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

/* One enrolment under way. */
struct enrolling {
    struct book **book;
    const struct ui *ui;
    const char *folder;
    const char *role;
    struct arena *arena;
    struct enrolment_code code;
    struct enrol_keys keys;
    struct identity who; /* device 0: there is no register yet that belongs to somebody */
    bool folder_is_new;
    bool again; /* the keys are those of an earlier try */
    bool sent;  /* the server may know them */
};

static const char *other_program(const struct enrolling *x)
{
    return strcmp(x->role, "reporter") == 0 ? "hoivien" : "hoivien-report";
}

static enum err refuse_bound(const struct enrolling *x, struct fault *f)
{
    return ui_fault(x->ui, f, ERR_EXISTS,
                    "Sổ này đã thuộc về %s (%s), còn mã này của nơi khác hoặc đã dùng rồi; không có gì thay "
                    "đổi. Hãy cứ tiếp tục dùng sổ này, hoặc dùng mã ở thư mục khác bằng --dir.",
                    "This register belongs to %s (%s) already, and the code is another unit's or was used "
                    "before; nothing is changed. Just go on with this register, or use the code with another "
                    "folder by --dir.",
                    x->who.units[0].name, x->who.units[0].code);
}

static void put_request(struct enrolling *x, uint8_t proof[SIGN_SIZE], Hv__EnrolRequest *r)
{
    enrol_proof_make(&x->keys.sign, x->keys.curve.public_key, proof);
    r->has_curve_key = r->has_sign_key = r->has_proof = true;
    r->curve_key = (ProtobufCBinaryData){KEY_SIZE, x->keys.curve.public_key};
    r->sign_key = (ProtobufCBinaryData){KEY_SIZE, x->keys.sign.public_key};
    r->proof = (ProtobufCBinaryData){SIGN_SIZE, proof};
    r->role = (char *)(uintptr_t)x->role;
    if (x->who.device == 0)
        return;
    r->has_unit = r->has_replica = true;
    r->unit = x->who.units[0].stream;
    r->replica = (ProtobufCBinaryData){sizeof x->who.replica.b, x->who.replica.b};
}

/* The keys are the register's from here on. */
static void take_keys(struct enrolling *x)
{
    if (x->who.device == 0)
        x->who.replica = os_new_id();
    x->who.curve = x->keys.curve;
    x->who.sign = x->keys.sign;
    memcpy(x->who.server_key, x->keys.server_key, KEY_SIZE);
    snprintf(x->who.endpoints, sizeof x->who.endpoints, "%s", x->code.endpoints);
}

static enum err take_reply(struct enrolling *x, const Hv__EnrolReply *r, struct fault *f)
{
    struct identity *who = &x->who;
    bool fits = r->device != 0 && r->n_unit > 0 && r->role != NULL && strcmp(r->role, x->role) == 0;
    if (!fits || (who->device != 0 && r->unit[0]->stream != who->units[0].stream))
        return exchange_fault(x->ui, ERR_MALFORMED, f);
    take_keys(x);
    who->device = r->device;
    snprintf(who->role, sizeof who->role, "%s", r->role);
    identity_units(who, r->unit, r->n_unit);
    return ERR_OK;
}

#define CODE_TRIES 3
#define CODE_MS    700

static enum err ask_once(struct enrolling *x, struct fault *f)
{
    struct exchange exchange;
    struct curve_pair once;
    uint8_t proof[SIGN_SIZE];
    Hv__EnrolRequest enrol = HV__ENROL_REQUEST__INIT;
    Hv__Request request = HV__REQUEST__INIT;
    Hv__Reply *reply = NULL;
    put_request(x, proof, &enrol);
    request.body_case = HV__REQUEST__BODY_ENROL;
    request.enrol = &enrol;
    curve_pair_of_seed(x->code.seed, &once);
    enum err e = exchange_open(&exchange, x->ui, x->code.endpoints, x->code.server_key, &once, f);
    if (e == ERR_OK)
        e = exchange_send(&exchange, &request, f);
    x->sent |= e == ERR_OK;
    if (e == ERR_OK)
        e = exchange_receive(&exchange, &reply, f);
    if (e == ERR_OK)
        e = reply->body_case == HV__REPLY__BODY_ENROL ? take_reply(x, reply->enrol, f)
                                                      : exchange_fault(x->ui, ERR_MALFORMED, f);
    exchange_close(&exchange);
    key_wipe(&once, sizeof once);
    return e;
}

/* What the server says of the code, in words that fit. */
static enum err code_fault(const struct enrolling *x, enum err e, struct fault *f)
{
    switch (e) {
    case ERR_KEY_REFUSED:
        return ui_fault(x->ui, f, e,
                        "Máy chủ không nhận mã ghi danh này: mã đã hết hạn, đã bị huỷ hoặc của máy chủ khác. "
                        "Hãy xin mã mới.",
                        "The server does not take this enrolment code: it has expired, was cancelled, or is "
                        "another server's. Ask for a new one.");
    case ERR_OTHER_PROGRAM:
        return ui_fault(x->ui, f, e,
                        "Mã này không dành cho %s mà cho %s; mã vẫn còn dùng được. Hãy chạy: %s init MÃ",
                        "This code is not one for %s but for %s; it can still be used. Run: %s init CODE",
                        x->ui->program, other_program(x), other_program(x));
    case ERR_OTHER_UNIT:
    case ERR_CODE_USED:
        return x->who.device != 0 ? refuse_bound(x, f) : e;
    default:
        return e;
    }
}

/* A code that was issued a moment ago may not have reached the gate yet. */
static enum err ask(struct enrolling *x, struct fault *f)
{
    enum err e = ask_once(x, f);
    for (int i = 1; e == ERR_KEY_REFUSED && i < CODE_TRIES && os_sleep_ms(CODE_MS); i++)
        e = ask_once(x, f);
    return e == ERR_OK ? e : code_fault(x, e, f);
}

/* A register that lies in the folder already, and to whom it belongs. */
static enum err look_around(struct enrolling *x, struct fault *f)
{
    char path[4096];
    x->folder_is_new = !os_exists(x->folder);
    snprintf(path, sizeof path, "%s/register.db", x->folder);
    if (!os_exists(path))
        return os_folder_make(x->folder, f);
    enum err e = book_open(x->book, x->ui, x->folder, false, f);
    if (e == ERR_OK)
        e = identity_load(*x->book, &x->who, f);
    if (e != ERR_OK || x->who.device == 0)
        return e;
    bool same_server = memcmp(x->who.server_key, x->code.server_key, KEY_SIZE) == 0;
    return same_server && strcmp(x->who.role, x->role) == 0 ? ERR_OK : refuse_bound(x, f);
}

/* Whether the keys lead nowhere: nobody has heard of them, or the server has said no to them. */
static bool are_useless(const struct enrolling *x, enum err e)
{
    static const enum err answers[] = {ERR_CODE_USED,   ERR_OTHER_PROGRAM, ERR_OTHER_UNIT, ERR_EXISTS,
                                       ERR_NOT_ALLOWED, ERR_REVOKED,       ERR_BAD_REQUEST};
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++)
        if (e == answers[i])
            return true;
    return !x->again && !x->sent;
}

/* One transaction, so that the register has either its former keys or the new ones. */
static enum err keep(struct enrolling *x, struct fault *f)
{
    enum err e = *x->book == NULL ? book_open(x->book, x->ui, x->folder, true, f) : ERR_OK;
    if (e == ERR_OK)
        e = identity_save(*x->book, &x->who, f);
    if (e == ERR_OK)
        enrol_keys_remove(x->folder);
    return e;
}

static enum err enrol_by_code(struct enrolling *x, bool *renewed, struct fault *f)
{
    enum err e = look_around(x, f);
    if (e != ERR_OK)
        return e;
    *renewed = x->who.device != 0;
    e = enrol_keys_for(x->folder, &x->code, &x->keys, &x->again, f);
    if (e == ERR_OK && (e = ask(x, f)) == ERR_OK)
        return keep(x, f);
    if (are_useless(x, e)) {
        enrol_keys_remove(x->folder);
        if (x->folder_is_new)
            os_remove(x->folder);
    }
    return e;
}

enum err enrol_run(struct book **b, const struct ui *ui, const char *folder, const struct options *o,
                   const char *role, bool *renewed, struct fault *f)
{
    struct enrolling x = {.book = b, .ui = ui, .folder = folder, .role = role, .arena = arena_make(1 << 16)};
    char *text;
    enum err e = x.arena != NULL ? code_text(x.arena, o, &text, f) : fault(f, ERR_NO_MEMORY, "out of memory");
    if (e == ERR_OK)
        e = code_parse(x.arena, ui->lang, text, &x.code, f);
    if (e == ERR_OK)
        e = enrol_by_code(&x, renewed, f);
    arena_free(x.arena);
    key_wipe(&x, sizeof x);
    return e;
}
