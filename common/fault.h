/* Errors: a code for the program, one text for the person, written where the fault is known. */
#ifndef HV_FAULT_H
#define HV_FAULT_H

#include <stdarg.h>
#include <stdint.h>

/* 0 to 63 are the codes of proto/request.proto (enum Code), so that a fault travels as it is; the others stay
 * inside one program. */
enum err {
    ERR_OK = 0,
    ERR_MALFORMED = 1,
    ERR_TOO_LARGE = 2,
    ERR_UNKNOWN_REQUEST = 3,
    ERR_UNKNOWN_VERSION = 4,
    ERR_NOT_ALLOWED = 5,
    ERR_REVOKED = 6,
    ERR_BUSY = 7,
    ERR_INTERNAL = 8,
    ERR_GAP = 9,
    ERR_FORK = 10,
    ERR_REWOUND = 11,
    ERR_CODE_USED = 12,
    ERR_NO_SUCH_UNIT = 13,
    ERR_BAD_REQUEST = 14,
    ERR_OTHER_PROGRAM = 15,
    ERR_OTHER_UNIT = 16,
    ERR_UNKNOWN_KIND = 20,
    ERR_UNKNOWN_FIELD = 21,
    ERR_BAD_TEXT = 22,
    ERR_TOO_LONG = 23,
    ERR_BAD_DATE = 24,
    ERR_UNKNOWN_VALUE = 25,
    ERR_BAD_NUMBER = 26,
    ERR_MISSING = 27,
    ERR_NO_SUCH_RECORD = 28,
    ERR_DEPENDS_ON = 29,
    ERR_NAMED_TWICE = 30,
    ERR_NOT_YOURS = 31,
    ERR_APPEND_ONLY = 32,
    ERR_BAD_ID = 33,
    ERR_BAD_FORMAT = 34,
    ERR_REFUSED_BY_STORE = 35,
    ERR_EXISTS = 36,
    ERR_YEAR_CLOSED = 37,
    ERR_AGREED = 38,

    ERR_NO_MEMORY = 64,   /* the arena's budget is used up */
    ERR_USAGE = 65,       /* wrong command line: exit status 2 */
    ERR_NO_LINK = 66,     /* nobody answered: exit status 3 */
    ERR_KEY_REFUSED = 67, /* the server is there and does not know the key */
    ERR_FILE = 68,        /* a file can't be read or written */
    ERR_DB = 69,          /* PostgreSQL or SQLite said no */
    ERR_DB_RETRY = 70,    /* a serialisation failure or deadlock: the transaction may be tried again */
    ERR_DB_DATA = 71,     /* class 22 or 23: one row of what was sent does not fit */
    ERR_DB_GONE = 72,     /* the connection to the database is lost */
    ERR_SCHEMA = 73,      /* the database has another schema version */
    ERR_STOPPED = 75,     /* a signal asked to stop */
    ERR_OTHER_SERVER = 76 /* somebody answers who is not the server, or is cut off before it can be told */
};

#define HV_MUST_USE __attribute__((warn_unused_result))

/* What went wrong. `text` is a sentence without personal data when made on the server; on the client it is
 * what the clerk reads, in her language, and says what to do next. */
struct fault {
    enum err code;
    int field;         /* index of the field in its kind, or -1 */
    long line;         /* line of a file, or 0 */
    uint64_t expected; /* ERR_GAP: the number wanted next */
    char text[400];
};

/* Fills `f` (which may be NULL) and returns `code`, so that a function can end by `return fault(f, ERR_X,
 * "...", ...)`. */
enum err fault(struct fault *f, enum err code, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The same with the field at fault. */
enum err fault_field(struct fault *f, enum err code, int field, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Short lower-case name of a code ("gap", "no-link") for logs and machine-readable output. */
const char *err_name(enum err code);

#endif
