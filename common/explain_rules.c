#include "common/explain_rules.h"

#define DAK_NONG                                                                                             \
    {                                                                                                        \
        "Hội thảo đăng trên trang của Hội LHPN tỉnh Đắk Nông (hpn.daknong.gov.vn)",                          \
            "Workshop, told on the page of the women's union of Đắk Nông province (hpn.daknong.gov.vn)"  \
    }
#define DAK_NONG_DAY 20230425

const struct rule rules[RULE_COUNT] = {
    [RULE_ORDINARY] =
        {"ordinary", TOPIC_CATEGORY, BASIS_GENERAL,
         .text =
             {"Hội viên là phụ nữ Việt Nam từ 18 tuổi trở lên, tán thành Điều lệ Hội, tự nguyện vào Hội và "
              "được cơ sở Hội công nhận.",
              "An ordinary member is a Vietnamese woman of 18 or older who accepts the Charter, joins of "
              "her own will and is recognised by the base."}},
    [RULE_ORGANISATION] =
        {"organisation", TOPIC_CATEGORY, BASIS_REPORTED,
         .text = {"Hội viên của tổ chức thành viên là hội viên của Hội, nên được tính như hội viên khác.",
                  "Members of member organisations are members of the union and count like any other."}},
    [RULE_HONORARY] =
        {"honorary", TOPIC_CATEGORY, BASIS_REPORTED,
         .text = {"Hội viên danh dự là người từ 18 tuổi trở lên, không kể nam nữ hay quốc tịch.",
                  "An honorary member is 18 or older, of any sex and nationality."},
         .since = 20220000},
    [RULE_HONORARY_APART] =
        {"honorary-apart", TOPIC_CATEGORY, BASIS_INFERRED,
         .text =
             {"Tỷ lệ là tỷ lệ phụ nữ vào Hội, nên hội viên danh dự (có từ năm 2022, phần lớn là nam) không "
              "tính vào tỷ lệ mà đếm riêng.",
              "The ratio is of women who joined, so honorary members (since 2022, most of them men) are "
              "left out of it and counted apart."}},
    [RULE_NOT_YET] =
        {"not-yet", TOPIC_CATEGORY, BASIS_INFERRED,
         .text = {"Phụ nữ cùng sinh hoạt trong tổ, nhóm, câu lạc bộ nhưng chưa được kết nạp thì chưa là hội "
                  "viên, không tính vào tử số. Khi kết nạp chị, hãy ghi vào chính hồ sơ ấy: hoivien member "
                  "event MÃ joined --date NGÀY; lệnh này giữ ngày kết nạp và chuyển hồ sơ thành hội viên.",
                  "A woman who takes part in a group but was not admitted yet is no member and is not in the "
                  "numerator. When she joins, note it on the same record: hoivien member event ID joined "
                  "--date DATE; this keeps the day and makes her a member."}},
    [RULE_AS_LISTED] =
        {"as-listed", TOPIC_CATEGORY, BASIS_PROGRAM,
         .text =
             {"Danh sách được đếm như đang ghi cho đến khi được rà soát: hồ sơ ghi là nam mà không phải "
              "hội viên danh dự, hồ sơ của người chưa đủ 18 tuổi vẫn được tính và được nêu riêng; hãy "
              "xem lại rồi sửa hồ sơ.",
              "The list counts as it is until it is reviewed: men who are no honorary members, and who is "
              "not yet 18, still count and are told apart; look at the records and mend them."}},
    [RULE_OFFICER] =
        {"officer", TOPIC_CATEGORY, BASIS_REPORTED,
         .text =
             {"Người làm công tác Hội không đương nhiên là hội viên: có chi hội trưởng là nam. Chỉ tính "
              "khi người ấy có hồ sơ hội viên.",
              "Who works for the union is not a member by that: there are chi hội heads who are men. Only "
              "a record as a member counts."}},
    [RULE_CORE] =
        {"core", TOPIC_CATEGORY, BASIS_DOCUMENT,
         .text = {"Hội viên nòng cốt là hội viên như mọi hội viên, không tính thêm lần nào; mỗi chi hội nên "
                  "có ít nhất "
                  "15-20 % hội viên nòng cốt, không kể cán bộ Hội.",
                  "A core member is a member like any other and counts once; a chi hội should have at least "
                  "15-20 % of them, officers left out."},
         .document = {"Hội LHPN tỉnh Khánh Hòa; chưa ghi lại được tên văn bản",
                      "Women's union of Khánh Hòa province; the name of the document was not kept"}},
    [RULE_RESIDENCE] =
        {"residence", TOPIC_RATIO, BASIS_DOCUMENT,
         .text = {"Hội viên được tính ở nơi chị thường trú, hoặc nơi chị tạm trú từ 6 tháng trở lên.",
                  "A member counts where she has permanent residence, or temporary residence of 6 months or "
                  "more."},
         .document = DAK_NONG, .said = DAK_NONG_DAY},
    [RULE_SIX_MONTHS] =
        {"six-months", TOPIC_RATIO, BASIS_INFERRED,
         .text =
             {"6 tháng là 6 tháng theo lịch kể từ ngày đến tạm trú; chỉ biết tháng hoặc năm thì kể từ "
              "ngày cuối của tháng hoặc năm ấy; không biết ngày thì chưa tính. Hãy hỏi chị và ghi ngày đến.",
              "6 months are calendar months from the day she came; of a month or year alone the last day "
              "is taken; without a date she does not count yet. Ask her and note the day."}},
    [RULE_RESIDENCE_NOT_GIVEN] = {"residence-not-given", TOPIC_RATIO, BASIS_INFERRED,
                                  .text = {"Hồ sơ chưa ghi nơi cư trú được coi là thường trú.",
                                           "A record without a kind of residence is taken as permanent."}},
    [RULE_GROUPS] =
        {"groups", TOPIC_RATIO, BASIS_DOCUMENT,
         .text = {"Hội viên của tổ, nhóm, câu lạc bộ do Hội các cấp thành lập cũng được tính, kể cả khi chị "
                  "chỉ sinh hoạt ở đó.",
                  "Members of tổ, nhóm and clubs set up by the union at any level are included, also those "
                  "reached only there."},
         .document = DAK_NONG, .said = DAK_NONG_DAY},
    [RULE_ONCE] =
        {"once", TOPIC_RATIO, BASIS_DOCUMENT,
         .text = {"Đếm người, không đếm lượt: một chị ở một chi hội và hai câu lạc bộ là một hội viên.",
                  "Persons are counted, not memberships: who is in a chi hội and two clubs is one member."},
         .document = {"Hội LHPN tỉnh Trà Vinh; chưa ghi lại được tên văn bản",
                      "Women's union of Trà Vinh province; the name of the document was not kept"}},
    [RULE_MOVED] =
        {"moved", TOPIC_RATIO, BASIS_REPORTED,
         .text = {"Hội viên đã chuyển đi thôi được tính ở đây từ ngày chuyển; hồ sơ vẫn được giữ.",
                  "A member who moved stops counting here on the day she moves; her record stays."}},
    [RULE_GONE] =
        {"gone", TOPIC_RATIO, BASIS_INFERRED,
         .text =
             {"Người đã thôi sinh hoạt, đã đưa ra khỏi danh sách hoặc đã qua đời không còn là hội viên từ "
              "ngày ấy; hồ sơ vẫn được giữ.",
              "Who left, was removed from the list or died is no longer a member from that day; the record "
              "stays."}},
    [RULE_DAYS] =
        {"days", TOPIC_RATIO, BASIS_PROGRAM,
         .text = {"Biến động có hiệu lực từ ngày của nó, ngày ấy đã kể; nếu chỉ biết tháng hoặc năm thì từ "
                  "ngày cuối của tháng hoặc năm ấy.",
                  "A change holds from its day on; of a month or year alone the last day is taken."}},
    [RULE_PRESENT] =
        {"present", TOPIC_RATIO, BASIS_DOCUMENT,
         .text =
             {"Chỉ tiêu tính trên phụ nữ có mặt tại địa bàn thì người đang đi làm ăn xa không được tính. "
              "Chưa tìm thấy định nghĩa chính thức của “có mặt”; chương trình lấy mục “đi làm xa từ” trên "
              "hồ sơ.",
              "Where a target is of the women present, those working away are not counted. An official "
              "definition of \"present\" was not found; the program takes the field \"away since\"."},
         .document = {"Chỉ tiêu của Đại hội Phụ nữ toàn quốc lần thứ XIII, nhiệm kỳ 2022-2027",
                      "Target of the XIIIth national congress, term 2022-2027"},
         .since = 20220000},
    [RULE_VOID] =
        {"void", TOPIC_RATIO, BASIS_PROGRAM,
         .text = {"Hồ sơ ghi nhầm được huỷ, không tính nữa nhưng vẫn giữ để đối chiếu.",
                  "A record made by mistake is voided: it does not count, and is kept to look up."}},
    [RULE_MEASURE] =
        {"measure", TOPIC_RATIO, BASIS_PROGRAM,
         .text = {"Mỗi chỉ tiêu có thước đo nói rõ đếm thành phần hội viên nào; thành phần khác không đếm.",
                  "Each target has a measure that says which categories it counts; others are left out."}},
    [RULE_CARD] = {"card", TOPIC_RATIO, BASIS_PROGRAM,
                   .text = {"Hội viên có thẻ là hội viên mà hồ sơ ghi số thẻ hoặc ngày cấp thẻ.",
                            "A member has a card when her record has the number or the day of one."}},
    [RULE_REACHED] =
        {"reached", TOPIC_RATIO, BASIS_INFERRED,
         .text = {"Phụ nữ được tập hợp là hội viên và cả chị em cùng sinh hoạt trong tổ, nhóm, câu lạc bộ mà "
                  "chưa được kết nạp; số này chỉ dùng khi chỉ tiêu nói rõ là tính phụ nữ được tập hợp.",
                  "Women reached are the members and those who take part in a group without having been "
                  "admitted; this figure is taken only where a target names it."}},
    [RULE_RECORDS] =
        {"records", TOPIC_RATIO, BASIS_PROGRAM,
         .text = {"Chỉ tiêu không về số người được đếm từ chính các hồ sơ đã ghi ở xã (buổi sinh hoạt, tổ "
                  "chức, cán bộ, khen thưởng, chăm lo, thu quỹ); việc chưa ghi vào sổ thì chưa được tính.",
                  "What is not a number of members is counted from the records of the commune itself "
                  "(activities, groups, officers, commendations, support, receipts); what was not entered "
                  "does not count yet."}},
    [RULE_PERIOD] =
        {"period", TOPIC_RATIO, BASIS_DOCUMENT,
         .text = {"Chỉ tiêu của cả nhiệm kỳ tính từ ngày đầu nhiệm kỳ, chỉ tiêu hằng năm tính từ ngày đầu "
                  "năm, hằng quý từ ngày đầu quý. Nhiệm kỳ của mỗi cấp có ngày riêng: cấp xã, huyện, tỉnh "
                  "bắt đầu trước cấp trung ương khoảng một năm.",
                  "A target of the term counts from the term's first day, a yearly one from the year's, a "
                  "quarterly one from the quarter's. Each level has its own term: that of commune, district "
                  "and province begins about a year before that of the centre."},
         .document = {"Nghị quyết đại hội của cấp giao chỉ tiêu",
                      "Resolution of the congress whose target it is"}},
    [RULE_EACH_GROUP] =
        {"each-group", TOPIC_RATIO, BASIS_INFERRED,
         .text = {"Chỉ tiêu “mỗi chi hội đều …” đạt khi không chi hội nào dưới mức; chi hội có mẫu số bằng 0 "
                  "thì chưa kết luận. Hội viên tính cho chi hội ghi trong hồ sơ của mình.",
                  "\"Each chi hội ...\" is met when none lies below; one whose denominator is 0 has no "
                  "verdict. A member counts for the chi hội of her record."}},
    [RULE_UNITS] =
        {"units", TOPIC_RATIO, BASIS_INFERRED,
         .text = {"Chỉ tiêu về số hoặc tỷ lệ cơ sở đạt mức: mỗi xã được xét theo số của xã ấy, rồi đếm số xã "
                  "đạt; khi các xã chưa đủ số liệu có thể làm đổi kết quả thì chưa kết luận.",
                  "Of a number or share of units each commune is decided by its own figure, then those that "
                  "reach it are counted; while it hangs on communes without figures there is no verdict."}},
    [RULE_DENOMINATOR] =
        {"denominator", TOPIC_RATIO, BASIS_DOCUMENT,
         .text =
             {"Mẫu số là số phụ nữ từ 18 tuổi trở lên theo số liệu của cơ quan thống kê ở năm gần nhất, "
              "dùng cố định cho cả nhiệm kỳ.",
              "The denominator is the number of women of 18 or older as the statistics authority gives it "
              "for the nearest year, used unchanged for the whole term."},
         .document = DAK_NONG, .said = DAK_NONG_DAY},
    [RULE_DENOMINATOR_ELIGIBLE] =
        {"denominator-eligible", TOPIC_RATIO, BASIS_REPORTED,
         .text = {"Có nơi (tỉnh Tây Ninh, năm 2011) mẫu số là số phụ nữ từ 18 tuổi trở lên đủ điều kiện vào "
                  "Hội, không phải toàn bộ phụ nữ từ 18 tuổi trở lên.",
                  "In places (Tây Ninh province, 2011) the denominator is the number of women of 18 or older "
                  "who are eligible to join, not that of all women of 18 or older."}},
    [RULE_DENOMINATOR_PRESENT] =
        {"denominator-present", TOPIC_RATIO, BASIS_DOCUMENT,
         .text = {"Chỉ tiêu của nhiệm kỳ 2022-2027 lấy mẫu số là số phụ nữ từ 18 tuổi trở lên có mặt tại địa "
                  "bàn. Chưa tìm thấy định nghĩa chính thức của “có mặt”, nên chương trình dùng đúng số được "
                  "cấp trên nhập.",
                  "The target of the term 2022-2027 has as denominator the women of 18 or older who are "
                  "present. An official definition of \"present\" was not found, so the program takes the "
                  "number as it was entered."},
         .document = {"Chỉ tiêu của Đại hội Phụ nữ toàn quốc lần thứ XIII, nhiệm kỳ 2022-2027",
                      "Target of the XIIIth national congress, term 2022-2027"},
         .since = 20220000},
    [RULE_HOUSEHOLDS] =
        {"households", TOPIC_RATIO, BASIS_REPORTED,
         .text =
             {"Tỷ lệ hộ là số hộ gia đình có ít nhất một hội viên chia cho số hộ có ít nhất một phụ nữ từ 18 "
              "tuổi trở lên; mức phấn đấu là 90 %. Hộ có nhiều hội viên vẫn là một hộ.",
              "The household ratio is of the households with at least one member to those with at least one "
              "woman of 18 or older; the aim is 90 %. A household with several members is one household."}},
    [RULE_DENOMINATOR_HOUSEHOLDS] =
        {"denominator-households", TOPIC_RATIO, BASIS_REPORTED,
         .text = {"Mẫu số là số hộ gia đình có ít nhất một phụ nữ từ 18 tuổi trở lên.",
                  "The denominator is the number of households with at least one woman of 18 or older."}},
    [RULE_INTEGERS] =
        {"integers", TOPIC_RATIO, BASIS_INFERRED,
         .text =
             {"Kết quả được xét bằng phép nhân số nguyên, không bằng phần trăm đã làm tròn: 49,996 % viết "
              "gọn là 50,00 % nhưng vẫn dưới 50 %.",
              "The verdict is decided by multiplying whole numbers, never on rounded percents: 49.996 % is "
              "written 50.00 % and still lies below 50 %."}},
    [RULE_WORDS] =
        {"words", TOPIC_RATIO, BASIS_INFERRED,
         .text =
             {"Chỉ tiêu “từ 50 %”: vừa đúng là Đạt, hơn là Vượt. Chỉ tiêu “trên 60 %” hoặc “không có cơ sở "
              "nào dưới mức”: chỉ có Đạt và Chưa đạt. Thiếu mẫu số thì chưa đủ số liệu, không kết luận.",
              "\"At least 50 %\": reached exactly is Met, beyond is Exceeded. \"Above 60 %\" and \"no unit "
              "below\" know only Met and Not met. Without a denominator there is no verdict."}},
    [RULE_TO] = {"to", TOPIC_ACTIVITY, BASIS_REPORTED,
                 .text = {"Tổ phụ nữ sinh hoạt ít nhất 3 tháng một lần, mỗi lần 60-90 phút.",
                          "A tổ meets at least once in 3 months, for 60-90 minutes."}},
    [RULE_AT_MEETINGS] =
        {"at-meetings", TOPIC_ACTIVITY, BASIS_REPORTED,
         .text = {"Trong buổi sinh hoạt có điểm danh, ghi biên bản và thu hội phí.",
                  "At a meeting the roll is called, minutes are kept and dues are collected."}},
    [RULE_FORMS] =
        {"forms", TOPIC_ACTIVITY, BASIS_REPORTED,
         .text =
             {"Hình thức sinh hoạt: định kỳ, chuyên đề, truyền thông tương tác, trò chơi, ngày lễ, văn nghệ "
              "hoặc câu lạc bộ, tham quan, hái hoa dân chủ, trực tuyến.",
              "Forms of activity: regular, on a topic, interactive communication, games, feast, performance "
              "or club, study visit, quiz, online."}},
    [RULE_MIXED] = {"mixed", TOPIC_ACTIVITY, BASIS_REPORTED,
                    .text = {"Một buổi sinh hoạt có thể kết hợp nhiều hình thức.",
                             "One meeting may mix several forms."}},
    [RULE_ZALO] =
        {"zalo", TOPIC_ACTIVITY, BASIS_REPORTED,
         .text =
             {"Nhóm Zalo 20 người: 3 tháng một lần sinh hoạt trực tuyến và mỗi năm một lần gặp trực tiếp.",
              "A Zalo group of 20 meets online every 3 months and once a year in person."}},
};

const struct code topic_words[] = {
    {TOPIC_CATEGORY, "category", {"Thành phần hội viên", "Categories of members"}},
    {TOPIC_RATIO, "ratio", {"Cách tính tỷ lệ tập hợp hội viên", "How the member ratio is computed"}},
    {TOPIC_ACTIVITY, "activity", {"Hình thức sinh hoạt", "Forms of activity"}},
    {0, NULL, {NULL, NULL}},
};

const struct code basis_words[] = {
    {BASIS_DOCUMENT, "document", {"", ""}},
    {BASIS_REPORTED,
     "reported",
     {"Theo tài liệu, báo cáo của Hội; chưa ghi lại được tên văn bản",
      "Papers of the union; the name of the document was not kept"}},
    {BASIS_GENERAL,
     "general",
     {"Hiểu biết chung về Điều lệ Hội; chưa đối chiếu với nguyên văn",
      "General knowledge of the Charter; not compared with its wording"}},
    {BASIS_INFERRED,
     "inferred",
     {"Chưa tìm thấy văn bản; đây là cách hiểu của chương trình, khi cần hãy hỏi Hội cấp trên",
      "No document was found; this is how the program reads the rules, ask the level above when it matters"}},
    {BASIS_PROGRAM, "program", {"Cách chương trình này giữ sổ", "How this program keeps the register"}},
    {0, NULL, {NULL, NULL}},
};

struct text_pair rule_source(const struct rule *r)
{
    return r->basis == BASIS_DOCUMENT ? r->document : code_by_value(basis_words, (int64_t)r->basis)->label;
}
