#include "common/fault.h"
#include <stddef.h>
#include <stdio.h>

static const struct {
    enum err code;
    const char *name;
} names[] = {
    {ERR_OK, "ok"},
    {ERR_MALFORMED, "malformed"},
    {ERR_TOO_LARGE, "too-large"},
    {ERR_UNKNOWN_REQUEST, "unknown-request"},
    {ERR_UNKNOWN_VERSION, "unknown-version"},
    {ERR_NOT_ALLOWED, "not-allowed"},
    {ERR_REVOKED, "revoked"},
    {ERR_BUSY, "busy"},
    {ERR_INTERNAL, "internal"},
    {ERR_GAP, "gap"},
    {ERR_FORK, "fork"},
    {ERR_REWOUND, "rewound"},
    {ERR_CODE_USED, "code-used"},
    {ERR_NO_SUCH_UNIT, "no-such-unit"},
    {ERR_BAD_REQUEST, "bad-request"},
    {ERR_OTHER_PROGRAM, "other-program"},
    {ERR_OTHER_UNIT, "other-unit"},
    {ERR_UNKNOWN_KIND, "unknown-kind"},
    {ERR_UNKNOWN_FIELD, "unknown-field"},
    {ERR_BAD_TEXT, "bad-text"},
    {ERR_TOO_LONG, "too-long"},
    {ERR_BAD_DATE, "bad-date"},
    {ERR_UNKNOWN_VALUE, "unknown-value"},
    {ERR_BAD_NUMBER, "bad-number"},
    {ERR_MISSING, "missing"},
    {ERR_NO_SUCH_RECORD, "no-such-record"},
    {ERR_DEPENDS_ON, "depends-on"},
    {ERR_NAMED_TWICE, "named-twice"},
    {ERR_NOT_YOURS, "not-yours"},
    {ERR_APPEND_ONLY, "append-only"},
    {ERR_BAD_ID, "bad-id"},
    {ERR_BAD_FORMAT, "bad-format"},
    {ERR_REFUSED_BY_STORE, "refused-by-store"},
    {ERR_YEAR_CLOSED, "year-closed"},
    {ERR_AGREED, "agreed"},
    {ERR_NO_MEMORY, "no-memory"},
    {ERR_USAGE, "usage"},
    {ERR_NO_LINK, "no-link"},
    {ERR_KEY_REFUSED, "key-refused"},
    {ERR_FILE, "file"},
    {ERR_DB, "db"},
    {ERR_DB_RETRY, "db-retry"},
    {ERR_DB_DATA, "db-data"},
    {ERR_DB_GONE, "db-gone"},
    {ERR_SCHEMA, "schema"},
    {ERR_EXISTS, "exists"},
    {ERR_STOPPED, "stopped"},
    {ERR_OTHER_SERVER, "other-server"},
};

static void fault_fill(struct fault *f, enum err code, int field, const char *format, va_list args)
{
    if (f == NULL)
        return;
    f->code = code;
    f->field = field;
    f->line = 0;
    f->expected = 0;
    vsnprintf(f->text, sizeof f->text, format, args);
}

enum err fault(struct fault *f, enum err code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fault_fill(f, code, -1, format, args);
    va_end(args);
    return code;
}

enum err fault_field(struct fault *f, enum err code, int field, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fault_fill(f, code, field, format, args);
    va_end(args);
    return code;
}

const char *err_name(enum err code)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (names[i].code == code)
            return names[i].name;
    return "unknown";
}
