/* Words of plans, causes and remedies. */
#include "common/codes.h"
#include "proto/record.pb-c.h"

const struct code audience_codes[] = {
    {HV__AUDIENCE__ALL_COMMUNES, "all", {"Tất cả các xã", "All communes"}},
    {HV__AUDIENCE__COMMUNES_MET, "met", {"Các xã đã đạt", "Communes that have met the target"}},
    {HV__AUDIENCE__COMMUNES_NOT_MET, "not-met", {"Các xã chưa đạt", "Communes that have not met the target"}},
    {0, NULL, {NULL, NULL}},
};

const struct code plan_state_codes[] = {
    {HV__PLAN_STATE__DRAFT, "draft", {"Dự thảo", "Draft"}},
    {HV__PLAN_STATE__RUNNING, "running", {"Đang thực hiện", "Running"}},
    {HV__PLAN_STATE__REACHED, "reached", {"Đã hoàn thành", "Reached"}},
    {HV__PLAN_STATE__DROPPED, "dropped", {"Đã dừng", "Dropped"}},
    {0, NULL, {NULL, NULL}},
};

const struct code step_state_codes[] = {
    {HV__STEP_STATE__PLANNED, "planned", {"Chưa thực hiện", "Planned"}},
    {HV__STEP_STATE__UNDER_WAY, "under-way", {"Đang thực hiện", "Under way"}},
    {HV__STEP_STATE__DONE, "done", {"Đã thực hiện", "Done"}},
    {HV__STEP_STATE__GIVEN_UP, "given-up", {"Không thực hiện", "Given up"}},
    {0, NULL, {NULL, NULL}},
};

const struct code cause_codes[] = {
    {1,
     "far-work",
     {"Phụ nữ đi làm ăn xa, làm ở khu công nghiệp", "Women work far away or in industrial zones"}},
    {2, "weak-head", {"Chi hội trưởng yếu hoặc khuyết", "The head of the chi hội is weak or missing"}},
    {3,
     "dull-meetings",
     {"Sinh hoạt đơn điệu, không theo nhóm đối tượng", "Meetings are dull and not by group"}},
    {4,
     "virtual-members",
     {"Quản lý danh sách lỏng lẻo, hội viên ảo", "Lists are kept loosely, virtual members"}},
    {5, "poverty", {"Nghèo, xa xôi, khác biệt ngôn ngữ", "Poverty, remoteness, another language"}},
    {6,
     "hard-to-reach",
     {"Nhóm khó tiếp cận: cao tuổi, sinh viên, trẻ, có đạo, nhập cư",
      "Groups hard to reach: elderly, students, young, religious, migrants"}},
    {7, "no-benefit", {"Không có thời gian, chưa thấy lợi ích", "No time, no benefit seen"}},
    {8, "staff-gap", {"Thiếu cán bộ sau sáp nhập", "Staff gaps after a merger"}},
    {0, NULL, {NULL, NULL}},
};

const struct code remedy_codes[] = {
    {1,
     "online-groups",
     {"Lập nhóm Zalo, chi hội số, tổ phụ nữ nhà trọ", "Zalo groups, digital chi hội, groups in lodgings"}},
    {2,
     "train-heads",
     {"Tập huấn, phát huy nòng cốt, cử người phụ trách", "Training, core members, an acting head"}},
    {3,
     "better-meetings",
     {"Sinh hoạt chuyên đề, tương tác, câu lạc bộ theo sở thích",
      "Topic and interactive meetings, clubs by interest"}},
    {4, "review", {"Rà soát từng người", "Person-by-person review"}},
    {5,
     "livelihood",
     {"Hỗ trợ sinh kế, tài liệu song ngữ, đồng hành biên cương",
      "Livelihood support, bilingual material, border programme"}},
    {6, "own-groups", {"Lập nhóm riêng cho từng đối tượng", "Groups of their own"}},
    {7, "care", {"Hỗ trợ vốn, việc làm, bảo vệ quyền lợi", "Loans, jobs, protection of rights"}},
    {8, "assign-officer", {"Phân công cán bộ phụ trách địa bàn", "An officer assigned to the area"}},
    {0, NULL, {NULL, NULL}},
};
