/* Options that commands of both tables have (commands.c, kind_commands.c). */
#ifndef HV_COMMAND_OPTIONS_H
#define HV_COMMAND_OPTIONS_H

#define END_OF_OPTIONS                                                                                       \
    {                                                                                                        \
        NULL, 0, NULL,                                                                                       \
        {                                                                                                    \
            NULL, NULL                                                                                       \
        }                                                                                                    \
    }

#define PLAIN_OPTION                                                                                         \
    {                                                                                                        \
        "plain", 0, NULL,                                                                                    \
        {                                                                                                    \
            "CSV cho chương trình: dấu phẩy, ngày ISO, mã thay cho chữ",                                     \
                "CSV for programs: commas, ISO dates, tokens"                                                \
        }                                                                                                    \
    }

#define FORMAT_OPTIONS                                                                                       \
    {"format",                                                                                               \
     0,                                                                                                      \
     "table|csv",                                                                                            \
     {"dạng bảng hoặc CSV mở được bằng Excel", "a table, or CSV that opens in Excel"}},                      \
        PLAIN_OPTION

#endif
