/* The keys that were made for an enrolment code, in a file of their own (DIR/enrolment.keys, 0600) until the
 * server has answered: whatever happens to the reply, the same code is then asked for with the same keys. The
 * register is not touched before that. */
#ifndef HV_ENROL_KEYS_H
#define HV_ENROL_KEYS_H

#include "common/fault.h"
#include "common/keys.h"

struct enrol_keys {
    struct curve_pair curve;
    struct sign_pair sign;
    uint8_t seed[SEED_SIZE]; /* of the code */
    uint8_t server_key[KEY_SIZE];
};

/* Those of an earlier try with this code (*again), or new ones, which are on the disk when it returns. The
 * folder must be there. */
enum err enrol_keys_for(const char *folder, const struct enrolment_code *code, struct enrol_keys *out,
                        bool *again, struct fault *f) HV_MUST_USE;
void enrol_keys_remove(const char *folder);

#endif
