/* Words of the fund, of support, of models and of commendations. */
#include "common/codes.h"
#include "proto/record.pb-c.h"

const struct code exempt_codes[] = {
    {0, "honorary", {"Hội viên danh dự", "Honorary members"}},
    {1, "poor", {"Hộ nghèo", "Poor households"}},
    {2, "near-poor", {"Hộ cận nghèo", "Near-poor households"}},
    {3, "policy", {"Hộ chính sách", "Policy households"}},
    {4, "away", {"Đi làm ăn xa", "Working away"}},
    {5, "over-60", {"Từ 60 tuổi", "60 and older"}},
    {6, "over-80", {"Từ 80 tuổi", "80 and older"}},
    {0, NULL, {NULL, NULL}},
};

const struct code entry_type_codes[] = {
    {HV__ENTRY_TYPE__RECEIPT, "receipt", {"Thu", "Receipt"}},
    {HV__ENTRY_TYPE__PAYMENT, "payment", {"Chi", "Payment"}},
    {HV__ENTRY_TYPE__GIFT_IN_KIND, "gift-in-kind", {"Hiện vật", "Gift in kind"}},
    {HV__ENTRY_TYPE__LABOUR, "labour", {"Ngày công", "Labour"}},
    {0, NULL, {NULL, NULL}},
};

const struct code fund_level_codes[] = {
    {HV__FUND_LEVEL__FUND_GROUP, "group", {"Chi hội, tổ", "Chi hội, tổ"}},
    {HV__FUND_LEVEL__FUND_COMMUNE, "commune", {"Cấp xã", "Commune"}},
    {HV__FUND_LEVEL__FUND_DISTRICT, "district", {"Cấp huyện", "District"}},
    {HV__FUND_LEVEL__FUND_PROVINCE, "province", {"Cấp tỉnh", "Province"}},
    {0, NULL, {NULL, NULL}},
};

const struct code fund_source_codes[] = {
    {1, "dues", {"Hội phí", "Dues"}},
    {2, "organisations", {"Tổ chức thành viên nộp", "Member organisations"}},
    {3, "voluntary", {"Hội viên tự nguyện đóng góp", "Voluntary money or labour"}},
    {4, "other-lawful", {"Thu hợp pháp khác", "Other lawful income"}},
    {5, "level-above", {"Cấp trên cấp", "From the level above"}},
    {0, NULL, {NULL, NULL}},
};

const struct code fund_purpose_codes[] = {
    {1, "activities", {"Hoạt động Hội", "Activities of the union"}},
    {2, "care", {"Thăm hỏi, chăm lo hội viên", "Visits and care for members"}},
    {3, "hardship", {"Giúp phụ nữ khó khăn", "Help for women in hardship"}},
    {4, "commendation", {"Khen thưởng", "Commendations"}},
    {5, "office", {"Văn phòng phẩm, hành chính", "Office"}},
    {6, "dues-above", {"Nộp hội phí lên cấp trên", "Dues handed to the level above"}},
    {0, NULL, {NULL, NULL}},
};

const struct code support_type_codes[] = {
    {1, "job-advice", {"Tư vấn, giới thiệu việc làm", "Job advice"}},
    {2, "trade-advice", {"Tư vấn nghề", "Advice on trades"}},
    {3, "trade-introduction", {"Giới thiệu học nghề", "Introduction to trades"}},
    {4, "loan", {"Hỗ trợ vay vốn", "Loan"}},
    {5, "training", {"Tập huấn, dạy nghề", "Training"}},
    {6, "start-up", {"Hỗ trợ khởi nghiệp", "Help to start a business"}},
    {7, "protection", {"Bảo vệ quyền lợi khi bị xâm hại", "Protection of rights"}},
    {8, "visit", {"Thăm hỏi, tặng quà", "Visit"}},
    {0, NULL, {NULL, NULL}},
};

const struct code support_source_codes[] = {
    {1, "fund", {"Quỹ hội", "The union's fund"}},
    {2, "policy-bank", {"Ngân hàng Chính sách xã hội", "Bank for social policies"}},
    {3, "donors", {"Vận động ủng hộ", "Donors"}},
    {4, "budget", {"Ngân sách", "Budget"}},
    {5, "savings-group", {"Tổ tiết kiệm, vay vốn", "Savings group"}},
    {0, NULL, {NULL, NULL}},
};

const struct code effect_codes[] = {
    {HV__EFFECT__EFFECTIVE, "effective", {"Hiệu quả", "Effective"}},
    {HV__EFFECT__NOT_EFFECTIVE, "not-effective", {"Không hiệu quả", "Not effective"}},
    {0, NULL, {NULL, NULL}},
};

const struct code award_level_codes[] = {
    {HV__AWARD_LEVEL__BY_COMMUNE, "commune", {"Cấp xã", "Commune"}},
    {HV__AWARD_LEVEL__BY_DISTRICT, "district", {"Cấp huyện", "District"}},
    {HV__AWARD_LEVEL__BY_PROVINCE, "province", {"Cấp tỉnh", "Province"}},
    {HV__AWARD_LEVEL__BY_CENTRE, "centre", {"Trung ương Hội", "Centre of the union"}},
    {HV__AWARD_LEVEL__BY_STATE, "state", {"Nhà nước", "The state"}},
    {0, NULL, {NULL, NULL}},
};

const struct code award_codes[] = {
    {1, "certificate", {"Giấy khen", "Certificate"}},
    {2, "diploma", {"Bằng khen", "Diploma of merit"}},
    {3, "medal", {"Kỷ niệm chương", "Commemorative medal"}},
    {4, "honour", {"Biểu dương, tôn vinh", "Public honour"}},
    {0, NULL, {NULL, NULL}},
};

const struct code award_ground_codes[] = {
    {1, "gathering", {"Thu hút, tập hợp hội viên", "Gathering women"}},
    {2, "models", {"Xây dựng, nhân rộng mô hình", "Making and replicating models"}},
    {3, "economy", {"Phát triển kinh tế", "Livelihood"}},
    {4, "fund", {"Xây dựng quỹ hội", "Building the fund"}},
    {5, "good-deed", {"Người tốt, việc tốt", "Good persons, good deeds"}},
    {0, NULL, {NULL, NULL}},
};
