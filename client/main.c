/* hoivien: the commune clerk's program. */
#include "client/cmd.h"
#include <stdio.h>

#define ROOM ((size_t)1 << 30)

int main(int argc, char **argv)
{
    struct fault f = {0};
    struct client c = {.arena = arena_make(ROOM)};
    const struct command *commands = c.arena != NULL ? client_commands(c.arena) : NULL;
    if (commands == NULL || keys_start(&f) != ERR_OK || kind_verify(&f) != ERR_OK) {
        fprintf(stderr, "hoivien: %s\n", f.text);
        return EXIT_FAILED;
    }
    const struct program program = {.name = "hoivien",
                                    .help = {"Sổ hội viên của xã; làm việc được khi không có mạng.",
                                             "The commune's membership register; works without a link."},
                                    .commands = commands,
                                    .options = client_options};
    int status = ui_main(&program, &c.ui, &c, argc, argv);
    book_close(&c.book);
    arena_free(c.arena);
    return status;
}
