/* What most sessions begin with: a server with the world of units on 31 December 2018, the clerk of commune
 * 31317, and where it is asked for the reporter of province 93. */
#ifndef HV_CLERK_SCENE_H
#define HV_CLERK_SCENE_H

#include "tests/support/support.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct clerk_scene {
    struct server server;
    struct client_device device;   /* the clerk's */
    struct client_device reporter; /* the province's, after clerk_reporter */
};

/* The one of this process: each test has its own. */
extern struct clerk_scene clerk;

void clerk_begin(void);
void clerk_end(void);

/* The two halves of clerk_begin, for what is to be in the database before the server starts. */
void clerk_world(struct database *db);
void clerk_start(const struct database *db);

/* A clerk's command, which must succeed. */
void clerk_ok(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* What the clerk's commands say on standard output, and how they fail. */
void clerk_says(const char *command, const char *text);
void clerk_says_not(const char *command, const char *text);
void clerk_fails(const char *command, int status, const char *text);

/* The same of another device. */
void device_says(const struct client_device *d, const char *command, const char *text);
void device_says_not(const struct client_device *d, const char *command, const char *text);
void device_fails(const struct client_device *d, const char *command, int status, const char *text);

/* Enrols the reporter. */
void clerk_reporter(void);

/* hoivien-report --lang en --dir FOLDER ARGS ... */
struct output reporter(const char *format, ...) __attribute__((format(printf, 1, 2)));
char *reporter_ok(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Demands that `hoivien-admin verify` finds no difference. */
void clerk_verify(void);

#endif
