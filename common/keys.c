#include "common/keys.h"
#include <sodium.h>
#include <string.h>

_Static_assert(KEY_SIZE == crypto_box_PUBLICKEYBYTES && KEY_SIZE == crypto_box_SECRETKEYBYTES, "CURVE25519");
_Static_assert(KEY_SIZE == crypto_sign_PUBLICKEYBYTES, "Ed25519");
_Static_assert(SIGN_SECRET_SIZE == crypto_sign_SECRETKEYBYTES && SIGN_SIZE == crypto_sign_BYTES, "Ed25519");

static const char one_time_context[] = "hoivien one-time key";
static const char proof_context[] = "hoivien enrol";

enum err keys_start(struct fault *f)
{
    return sodium_init() < 0 ? fault(f, ERR_INTERNAL, "the system gives no random numbers") : ERR_OK;
}

void curve_pair_make(struct curve_pair *out)
{
    crypto_box_keypair(out->public_key, out->secret_key);
}

void sign_pair_make(struct sign_pair *out)
{
    crypto_sign_keypair(out->public_key, out->secret_key);
}

void curve_pair_of_seed(const uint8_t seed[SEED_SIZE], struct curve_pair *out)
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, KEY_SIZE);
    crypto_generichash_update(&state, (const uint8_t *)one_time_context, sizeof one_time_context - 1);
    crypto_generichash_update(&state, seed, SEED_SIZE);
    crypto_generichash_final(&state, out->secret_key, KEY_SIZE);
    crypto_scalarmult_base(out->public_key, out->secret_key);
    key_wipe(&state, sizeof state);
}

#define PROOF_TEXT (sizeof proof_context - 1 + KEY_SIZE)

static void proof_text(const uint8_t curve_key[KEY_SIZE], uint8_t out[PROOF_TEXT])
{
    memcpy(out, proof_context, sizeof proof_context - 1);
    memcpy(out + sizeof proof_context - 1, curve_key, KEY_SIZE);
}

void enrol_proof_make(const struct sign_pair *s, const uint8_t curve_key[KEY_SIZE], uint8_t out[SIGN_SIZE])
{
    uint8_t text[PROOF_TEXT];
    proof_text(curve_key, text);
    crypto_sign_detached(out, NULL, text, sizeof text, s->secret_key);
}

bool enrol_proof_check(const uint8_t sign_key[KEY_SIZE], const uint8_t curve_key[KEY_SIZE],
                       const uint8_t proof[SIGN_SIZE])
{
    uint8_t text[PROOF_TEXT];
    proof_text(curve_key, text);
    return crypto_sign_verify_detached(proof, text, sizeof text, sign_key) == 0;
}

void key_wipe(void *p, size_t n)
{
    sodium_memzero(p, n);
}

void key_format(const uint8_t key[KEY_SIZE], char out[2 * KEY_SIZE + 1])
{
    sodium_bin2hex(out, 2 * KEY_SIZE + 1, key, KEY_SIZE);
}

bool key_parse(const char *hex, uint8_t out[KEY_SIZE])
{
    size_t n;
    if (strlen(hex) != 2 * KEY_SIZE)
        return false;
    return sodium_hex2bin(out, KEY_SIZE, hex, 2 * KEY_SIZE, NULL, &n, NULL) == 0 && n == KEY_SIZE;
}
