/* Keys of devices and servers, and the enrolment code that introduces one to the other. */
#ifndef HV_KEYS_H
#define HV_KEYS_H

#include "common/arena.h"
#include "common/fault.h"
#include "common/lang.h"
#include "common/value.h"

#define KEY_SIZE         32
#define SIGN_SECRET_SIZE 64
#define SIGN_SIZE        64
#define SEED_SIZE        16

/* CURVE25519, raw bytes (ZeroMQ takes them as they are). */
struct curve_pair {
    uint8_t public_key[KEY_SIZE];
    uint8_t secret_key[KEY_SIZE];
};

/* Ed25519. */
struct sign_pair {
    uint8_t public_key[KEY_SIZE];
    uint8_t secret_key[SIGN_SECRET_SIZE];
};

/* Must be called once before anything else here. ERR_INTERNAL when there is no randomness. */
enum err keys_start(struct fault *f) HV_MUST_USE;

void curve_pair_make(struct curve_pair *out);
void sign_pair_make(struct sign_pair *out);

/* The one-time pair of an enrolment code's seed. */
void curve_pair_of_seed(const uint8_t seed[SEED_SIZE], struct curve_pair *out);

/* Proof that the device holds its signing key: a signature over "hoivien enrol" and the curve key. */
void enrol_proof_make(const struct sign_pair *s, const uint8_t curve_key[KEY_SIZE], uint8_t out[SIGN_SIZE]);
bool enrol_proof_check(const uint8_t sign_key[KEY_SIZE], const uint8_t curve_key[KEY_SIZE],
                       const uint8_t proof[SIGN_SIZE]);

/* Wipes memory that held a secret. */
void key_wipe(void *p, size_t n);

/* An enrolment code: where the server is, its key, and the seed of the one-time pair. As text: "HV1-" and
 * Crockford base32 (no I, L, O, U) in groups of five, the last 4 bytes a checksum. Reading forgives case,
 * blanks, line breaks and missing or extra '-'. */
struct enrolment_code {
    uint8_t server_key[KEY_SIZE];
    uint8_t seed[SEED_SIZE];
    const char *endpoints; /* "tcp://host:port", several separated by ' ' */
};

/* ERR_TOO_LONG when the endpoints are longer than CODE_ENDPOINTS_MAX. */
#define CODE_ENDPOINTS_MAX 255
enum err code_format(struct arena *a, const struct enrolment_code *c, char **out) HV_MUST_USE;

/* ERR_BAD_FORMAT with a sentence in `lang` that says whether it is no code, cut short, mistyped, or of a
 * newer kind. */
enum err code_parse(struct arena *a, enum lang lang, const char *text, struct enrolment_code *out,
                    struct fault *f) HV_MUST_USE;

/* Hex, for configuration and display. */
void key_format(const uint8_t key[KEY_SIZE], char out[2 * KEY_SIZE + 1]);
bool key_parse(const char *hex, uint8_t out[KEY_SIZE]);

#endif
