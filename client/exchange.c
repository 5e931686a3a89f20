#include "client/exchange_private.h"
#include "common/wire.h"
#include <stdio.h>
#include <string.h>

static const struct {
    enum err code;
    struct text_pair words;
} sentences[] = {
    {ERR_MALFORMED,
     {"Máy chủ không đọc được yêu cầu; hãy cập nhật chương trình rồi thử lại.",
      "The server could not read the request; update the program and try again."}},
    {ERR_TOO_LARGE,
     {"Gói dữ liệu quá lớn; hãy thử lại với --batch 100.",
      "The packet is too large; try again with --batch 100."}},
    {ERR_UNKNOWN_REQUEST,
     {"Máy chủ chưa biết yêu cầu này; hãy báo người giữ máy chủ cập nhật.",
      "The server does not know this request yet; ask its operator to update it."}},
    {ERR_UNKNOWN_VERSION,
     {"Máy chủ dùng phiên bản khác; hãy cập nhật chương trình.",
      "The server speaks another version; update the program."}},
    {ERR_NOT_ALLOWED,
     {"Máy này không được phép làm việc đó; hãy hỏi người giữ máy chủ.",
      "This computer may not do that; ask the server's operator."}},
    {ERR_REVOKED,
     {"Máy này đã bị thu hồi quyền. Sổ vẫn giữ đủ dữ liệu, kể cả phần chưa gửi; hãy xin người giữ máy chủ "
      "một mã "
      "ghi danh mới rồi dùng mã đó (lệnh init) với chính thư mục này.",
      "This computer's right was revoked. The register keeps your data, what was not sent too; ask the "
      "server's operator for a new enrolment code and use it (command init) with this same folder."}},
    {ERR_BUSY,
     {"Máy chủ đang bận; mọi thay đổi vẫn được giữ, hãy thử lại sau ít phút.",
      "The server is busy; everything is kept, try again in a few minutes."}},
    {ERR_INTERNAL,
     {"Máy chủ gặp lỗi; mọi thay đổi vẫn được giữ, hãy báo người giữ máy chủ.",
      "The server has a fault; everything is kept, tell its operator."}},
    {ERR_GAP,
     {"Máy chủ thiếu những thay đổi gửi trước đây; hãy báo người giữ máy chủ.",
      "The server lacks changes that were sent before; tell its operator."}},
    {ERR_FORK,
     {"Sổ này là bản sao của một sổ đã đồng bộ ở nơi khác; đừng nhập thêm, hãy báo người giữ máy chủ.",
      "This register is a copy of one that has synced elsewhere; enter nothing more and tell the server's "
      "operator."}},
    {ERR_REWOUND,
     {"Máy chủ đã được khôi phục từ bản sao cũ; dữ liệu ở đây vẫn còn đủ, hãy báo người giữ máy chủ.",
      "The server was restored from an older copy; your data is complete here, tell its operator."}},
    {ERR_CODE_USED,
     {"Mã ghi danh này đã dùng cho máy khác; hãy xin mã mới.",
      "This enrolment code was used by another computer; ask for a new one."}},
    {ERR_NO_SUCH_UNIT,
     {"Không có đơn vị nào mang mã đó; hãy xem lại mã.", "No unit has that code; check the code."}},
    {ERR_BAD_REQUEST,
     {"Máy chủ không chấp nhận yêu cầu; hãy cập nhật chương trình.",
      "The server does not accept the request; update the program."}},
    {ERR_UNKNOWN_KIND,
     {"máy chủ chưa biết loại hồ sơ này; hãy báo người giữ máy chủ cập nhật.",
      "the server does not know this kind of record yet; ask its operator to update it."}},
    {ERR_UNKNOWN_FIELD,
     {"máy chủ chưa biết mục này; hãy báo người giữ máy chủ cập nhật.",
      "the server does not know this field yet; ask its operator to update it."}},
    {ERR_BAD_TEXT,
     {"có ký tự không hợp lệ; hãy gõ lại mục này.",
      "there are characters that are not allowed; type it again."}},
    {ERR_TOO_LONG, {"quá dài; hãy viết ngắn lại.", "too long; shorten it."}},
    {ERR_BAD_DATE,
     {"không phải là ngày có thật; hãy viết dd/mm/yyyy, mm/yyyy hoặc yyyy.",
      "no date that exists; write dd/mm/yyyy, mm/yyyy or yyyy."}},
    {ERR_UNKNOWN_VALUE,
     {"không có giá trị này; hãy chọn một giá trị trong danh sách.",
      "there is no such value; choose one of the list."}},
    {ERR_BAD_NUMBER, {"số không hợp lệ; hãy viết lại.", "not a valid number; write it again."}},
    {ERR_MISSING, {"còn thiếu; hãy điền mục này.", "missing; fill it in."}},
    {ERR_NO_SUCH_RECORD,
     {"không tìm thấy hồ sơ được nhắc đến; hãy chọn hồ sơ khác.",
      "the record that is referred to is not there; choose another."}},
    {ERR_DEPENDS_ON,
     {"chờ một hồ sơ bị từ chối; hãy sửa hồ sơ kia, phần này sẽ tự gửi lại.",
      "waits for a record that was refused; mend that one, this goes again by itself."}},
    {ERR_NAMED_TWICE,
     {"được gửi hai lần trong một gói; hãy sửa lại hồ sơ để gửi lại.",
      "was sent twice in one batch; edit the record to send it again."}},
    {ERR_NOT_YOURS, {"thuộc đơn vị khác.", "belongs to another unit."}},
    {ERR_APPEND_ONLY,
     {"không được sửa; hãy ghi một mục đảo lại.", "may not be changed; enter its reversal."}},
    {ERR_BAD_ID,
     {"mã hồ sơ không đúng; hãy thêm lại hồ sơ.", "the record's id is wrong; add the record again."}},
    {ERR_BAD_FORMAT, {"viết sai dạng; hãy xem lại mục này.", "not in the right form; check it."}},
    {ERR_EXISTS,
     {"chỗ này đã có hồ sơ khác giữ; hãy đồng bộ để biết hồ sơ nào, rồi ghi lại mục này hoặc bỏ nó.",
      "another record holds the place; sync to hear which, then enter this again or leave it."}},
    {ERR_YEAR_CLOSED,
     {"sổ quỹ của năm ấy đã khóa; hãy đổi sang một ngày của năm đang mở: hoivien entry edit MÃ --date NGÀY "
      "(bút toán đảo: hoivien reversal add --entry MÃ --date NGÀY).",
      "the fund's book of that year is closed; give it a date of the year that is open: hoivien entry edit "
      "ID "
      "--date DATE (a reversal: hoivien reversal add --entry ID --date DATE)."}},
    {ERR_AGREED,
     {"bên kia đã đồng ý với nội dung này; hãy ghi lại như cũ, hoặc đề nghị bên kia rút lại ý kiến trước.",
      "the other side has agreed to it as it is; put it back, or ask the other side to take its agreement "
      "back "
      "first."}},
    {ERR_REFUSED_BY_STORE,
     {"máy chủ không lưu được; hãy báo người giữ máy chủ.",
      "the server could not store it; tell its operator."}},
    {ERR_NO_LINK,
     {"Không kết nối được máy chủ; mọi thay đổi vẫn được giữ trên máy này. Hãy kiểm tra mạng rồi thử lại.",
      "The server can't be reached; everything is kept on this computer. Check the network and try again."}},
    {ERR_KEY_REFUSED,
     {"Máy chủ từ chối khoá của máy này. Sổ vẫn giữ đủ dữ liệu, kể cả phần chưa gửi; hãy xin người giữ máy "
      "chủ một "
      "mã ghi danh mới rồi dùng mã đó (lệnh init) với chính thư mục này.",
      "The server refuses this computer's key. The register keeps your data, what was not sent too; ask the "
      "server's operator for a new enrolment code and use it (command init) with this same folder."}},
    {ERR_OTHER_SERVER,
     {"Nơi trả lời ở địa chỉ của máy chủ không phải là máy chủ đã ghi danh, hoặc mạng cắt kết nối ngay. Dữ "
      "liệu vẫn "
      "còn; hãy kiểm tra mạng rồi thử lại, nếu vẫn vậy hãy hỏi người giữ máy chủ.",
      "Whoever answers at the server's address is not the server of the enrolment, or the network hangs up "
      "at "
      "once. Your data is still here; check the network and try again, then ask the server's operator."}},
    {ERR_STOPPED,
     {"Đã dừng theo yêu cầu; mọi thay đổi vẫn được giữ.", "Stopped as asked; everything is kept."}},
};

const char *code_words(enum err code, enum lang lang)
{
    static const struct text_pair other = {"lỗi chưa rõ; hãy cập nhật chương trình.",
                                           "an unknown fault; update the program."};
    for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++)
        if (sentences[i].code == code)
            return text_in(lang, sentences[i].words);
    return text_in(lang, other);
}

enum err exchange_fault(const struct ui *ui, enum err code, struct fault *f)
{
    uint64_t expected = f != NULL ? f->expected : 0;
    fault(f, code, "%s", code_words(code, ui->lang));
    if (f != NULL)
        f->expected = expected;
    return code;
}

enum err exchange_open(struct exchange *x, const struct ui *ui, const char *endpoints,
                       const uint8_t *server_key, const struct curve_pair *keys, struct fault *f)
{
    const struct link_options o = {.endpoints = endpoints, .server_key = server_key, .keys = keys};
    *x = (struct exchange){.ui = ui, .arena = arena_make(WIRE_ARENA)};
    if (x->arena == NULL)
        return fault(f, ERR_NO_MEMORY, "out of memory");
    enum err e = link_open(&x->link, &o, f);
    return e == ERR_OK ? e : exchange_fault(ui, e, f);
}

void exchange_close(struct exchange *x)
{
    link_close(&x->link);
    arena_free(x->arena);
    x->arena = NULL;
}

enum err exchange_send(struct exchange *x, Hv__Request *r, struct fault *f)
{
    struct bytes packed;
    r->has_id = r->has_protocol = r->has_schema = true;
    r->id = ++x->last_id;
    r->protocol = WIRE_PROTOCOL;
    r->schema = kind_schema();
    if (r->id == 1)
        r->program = arena_print(x->arena, "%s %s", x->ui->program, HV_VERSION);
    enum err e = wire_request_pack(x->arena, r, &packed);
    if (e != ERR_OK)
        return exchange_fault(x->ui, e, f);
    e = link_send(x->link, packed, f);
    return e == ERR_OK ? e : exchange_fault(x->ui, e, f);
}

enum err exchange_receive(struct exchange *x, Hv__Reply **reply, struct fault *f)
{
    struct bytes in;
    *reply = NULL;
    enum err e = link_receive(x->link, &in, f);
    if (e == ERR_OK)
        e = wire_reply_unpack(x->arena, in, reply, f);
    if (e != ERR_OK)
        return exchange_fault(x->ui, e, f);
    x->answered++;
    if ((*reply)->body_case != HV__REPLY__BODY_ERROR)
        return (*reply)->id == x->answered ? ERR_OK : exchange_fault(x->ui, ERR_MALFORMED, f);
    if (f != NULL)
        f->expected = (*reply)->error->expected;
    return exchange_fault(x->ui, (*reply)->error->has_code ? (enum err)(*reply)->error->code : ERR_INTERNAL,
                          f);
}

enum err exchange_once(const struct identity *who, const struct ui *ui, struct arena *a, Hv__Request *request,
                       Hv__Reply **reply, struct fault *f)
{
    struct exchange x;
    enum err e = exchange_open(&x, ui, who->endpoints, who->server_key, &who->curve, f);
    if (e == ERR_OK)
        e = exchange_send(&x, request, f);
    arena_free(x.arena);
    x.arena = a; /* the reply outlives the connection */
    if (e == ERR_OK)
        e = exchange_receive(&x, reply, f);
    x.arena = NULL;
    exchange_close(&x);
    return e;
}
