/* Two languages side by side: every text for a person is written as a pair where it is used. */
#ifndef HV_LANG_H
#define HV_LANG_H

enum lang { LANG_VI, LANG_EN };

struct text_pair {
    const char *vi;
    const char *en;
};

static inline const char *text_in(enum lang lang, struct text_pair t)
{
    return lang == LANG_EN ? t.en : t.vi;
}

/* The language for `locale` (the value of LC_ALL, LC_MESSAGES or LANG, may be NULL): English when it begins
 * with "en", otherwise Vietnamese. */
enum lang lang_of_locale(const char *locale);

#endif
