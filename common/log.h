/* Log lines on standard error: time level event key=value ... Ids only, never personal data. */
#ifndef HV_LOG_H
#define HV_LOG_H

enum log_level { LOG_ERROR, LOG_WARNING, LOG_INFO, LOG_DEBUG };

void log_set_level(enum log_level level);

/* One line; `format` makes the key=value pairs and may be "". Thread-safe. */
void log_line(enum log_level level, const char *event, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
