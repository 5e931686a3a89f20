/* Requests and replies over a link: enrolment, sync, reports. */
#ifndef HV_EXCHANGE_H
#define HV_EXCHANGE_H

#include "client/book.h"
#include "client/link.h"

struct sync_result {
    uint64_t sent;
    uint64_t received;
    uint64_t refused;
    uint64_t conflicts;
    uint64_t gone;
    uint64_t bytes_up;
    uint64_t bytes_down;
    double seconds;
};

/* Runs a whole sync, one at a time in `folder` (ERR_BUSY): batches of what waits, several under way, the last
 * with cursor and digest; then pulls until nothing more comes. Each reply is stored in one transaction before
 * the next is asked for. `on_progress` may be NULL. */
typedef void progress_fn(void *context, uint64_t sent, uint64_t to_send, uint64_t received);
enum err sync_run(struct book *b, const struct ui *ui, const char *folder, size_t batch_limit,
                  progress_fn *on_progress, void *context, struct sync_result *out,
                  struct fault *f) HV_MUST_USE;

/* Enrols with the code in the words of a command line: the code itself, which may have fallen into pieces, or
 * the file that holds it. `role` is what the code must be for. Opens the register in `folder`: it is made
 * when the server has answered; one that is there already and belongs to the code's unit gets new keys and
 * keeps everything else (*renewed). A failure leaves things as they were, but for the keys when the server
 * may know them: the same code is then asked for with the same ones. ERR_OTHER_PROGRAM, ERR_EXISTS when the
 * register is another unit's. */
enum err enrol_run(struct book **b, const struct ui *ui, const char *folder, const struct options *o,
                   const char *role, bool *renewed, struct fault *f) HV_MUST_USE;

/* One request, one reply, with the device's key. An Error in the reply becomes the fault, in the user's
 * language. */
enum err exchange_once(const struct identity *who, const struct ui *ui, struct arena *a, Hv__Request *request,
                       Hv__Reply **reply, struct fault *f) HV_MUST_USE;

/* The sentence for a reply's error or a refusal, saying what to do next. */
const char *code_words(enum err code, enum lang lang);

#endif
