#include "common/lang.h"
#include <string.h>

enum lang lang_of_locale(const char *locale)
{
    return locale != NULL && strncmp(locale, "en", 2) == 0 ? LANG_EN : LANG_VI;
}
