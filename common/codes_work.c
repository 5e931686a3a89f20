/* Words of what is done in groups and who does it. */
#include "common/codes.h"
#include "proto/record.pb-c.h"

const struct code purpose_codes[] = {
    {1, "spiritual-life", {"Đời sống tinh thần", "Spiritual life"}},
    {2, "counselling", {"Tư vấn", "Counselling"}},
    {3, "livelihood", {"Phát triển kinh tế", "Livelihood"}},
    {4, "health", {"Chăm sóc sức khỏe", "Health"}},
    {5, "family", {"Gia đình hạnh phúc", "Family"}},
    {6, "savings", {"Tiết kiệm, giúp vốn", "Savings"}},
    {7, "law", {"Tìm hiểu pháp luật", "Law"}},
    {8, "culture", {"Văn nghệ, thể thao", "Culture and sport"}},
    {9, "protection", {"Bảo vệ quyền lợi phụ nữ", "Protection of rights"}},
    {0, NULL, {NULL, NULL}},
};

const struct code activity_form_codes[] = {
    {0, "regular", {"Định kỳ", "Regular"}},
    {1, "topic", {"Chuyên đề", "On a topic"}},
    {2, "interactive", {"Truyền thông tương tác", "Interactive communication"}},
    {3, "games", {"Trò chơi", "Games"}},
    {4, "feast", {"Ngày lễ", "Feast"}},
    {5, "performance", {"Văn nghệ, câu lạc bộ", "Performance or club"}},
    {6, "visit", {"Tham quan", "Study visit"}},
    {7, "quiz", {"Hái hoa dân chủ", "Quiz"}},
    {8, "online", {"Trực tuyến", "Online"}},
    {0, NULL, {NULL, NULL}},
};

const struct code topic_codes[] = {
    {1, "law", {"Pháp luật", "Law"}},
    {2, "family", {"Gia đình, nuôi dạy con", "Family and raising children"}},
    {3, "health", {"Sức khỏe", "Health"}},
    {4, "livelihood", {"Phát triển kinh tế", "Livelihood"}},
    {5, "environment", {"Môi trường", "Environment"}},
    {6, "culture", {"Văn hóa, văn nghệ", "Culture"}},
    {7, "digital", {"Kỹ năng số", "Digital skills"}},
    {8, "rights", {"Quyền của phụ nữ", "Rights of women"}},
    {9, "union", {"Công tác Hội", "Work of the union"}},
    {0, NULL, {NULL, NULL}},
};

const struct code post_type_codes[] = {
    {HV__POST_TYPE__COMMUNE_PRESIDENT,
     "commune-president",
     {"Chủ tịch Hội cấp xã", "President of the commune union"}},
    {HV__POST_TYPE__COMMUNE_DEPUTY,
     "commune-deputy",
     {"Phó Chủ tịch Hội cấp xã", "Deputy president of the commune union"}},
    {HV__POST_TYPE__CHI_HOI_HEAD, "chi-hoi-head", {"Chi hội trưởng", "Head of a chi hội"}},
    {HV__POST_TYPE__CHI_HOI_DEPUTY, "chi-hoi-deputy", {"Chi hội phó", "Deputy head of a chi hội"}},
    {HV__POST_TYPE__TO_HEAD, "to-head", {"Tổ trưởng", "Head of a tổ"}},
    {HV__POST_TYPE__NHOM_HEAD, "nhom-head", {"Nhóm trưởng", "Head of a nhóm"}},
    {HV__POST_TYPE__CLUB_HEAD, "club-head", {"Chủ nhiệm câu lạc bộ", "Head of a club"}},
    {HV__POST_TYPE__NETWORK_HEAD, "network-head", {"Trưởng mạng lưới", "Head of a network"}},
    {HV__POST_TYPE__COLLABORATOR, "collaborator", {"Cộng tác viên", "Collaborator"}},
    {HV__POST_TYPE__VOLUNTEER, "volunteer", {"Tình nguyện viên", "Volunteer"}},
    {HV__POST_TYPE__DISTRICT_OFFICER, "district-officer", {"Cán bộ Hội cấp huyện", "District officer"}},
    {HV__POST_TYPE__PROVINCE_OFFICER, "province-officer", {"Cán bộ Hội cấp tỉnh", "Provincial officer"}},
    {0, NULL, {NULL, NULL}},
};

const struct code course_topic_codes[] = {
    {0, "categories", {"Xác định thành phần hội viên", "Determining member categories"}},
    {1, "ratio", {"Cách tính tỷ lệ tập hợp hội viên", "Computing the member ratio"}},
    {2, "forms", {"Quy định về hình thức sinh hoạt", "Rules on forms of activity"}},
    {3, "activities", {"Tổ chức sinh hoạt", "Organising activities"}},
    {4, "communication", {"Truyền thông tương tác", "Interactive communication"}},
    {5, "clubs", {"Thành lập, điều hành câu lạc bộ, nhóm", "Founding and running clubs and groups"}},
    {6, "leadership", {"Kỹ năng lãnh đạo", "Leadership"}},
    {7, "law", {"Pháp luật", "Law"}},
    {8, "digital", {"Kỹ năng số", "Digital skills"}},
    {9, "livelihood", {"Hỗ trợ phát triển kinh tế", "Support of livelihoods"}},
    {0, NULL, {NULL, NULL}},
};

const struct code ask_state_codes[] = {
    {HV__ASK_STATE__NOT_ASKED, "not-asked", {"Chưa hỏi", "Not asked"}},
    {HV__ASK_STATE__ASKED, "asked", {"Đã hỏi", "Asked"}},
    {HV__ASK_STATE__DECLINED, "declined", {"Không cung cấp", "Declined"}},
    {0, NULL, {NULL, NULL}},
};
