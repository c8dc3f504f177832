/* SHA-256 (FIPS 180-4), as far as this addon needs it. */
#ifndef HEADFRAME_SHA256_H
#define HEADFRAME_SHA256_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SHA256_BLOCK_BYTES 64
#define SHA256_DIGEST_BYTES 32
/* The most that padding adds to a message: the bit 1, its length, and zeros up to a whole block. */
#define SHA256_PADDING_MAX_BYTES (SHA256_BLOCK_BYTES + 8)

/* Adds `count` blocks to the state: the one function that every kind of processor has its own of. */
typedef void (*sha256_compress)(uint32_t state[8], const uint8_t *blocks, size_t count);

/* One way of compressing. `name` is what JavaScript knows it by. */
struct sha256_instructions {
  const char *name;
  sha256_compress compress;
};

/* Section 4.2.2 and 5.3.3. */
extern const uint32_t SHA256_K[64];
extern const uint32_t SHA256_INITIAL_STATE[8];

void sha256_compress_portable(uint32_t state[8], const uint8_t *blocks, size_t count);

/* Each is false, and compresses nothing, where compiler or processor lack the instructions. */
bool sha256_has_x86(void);
void sha256_compress_x86(uint32_t state[8], const uint8_t *blocks, size_t count);
bool sha256_has_arm(void);
void sha256_compress_arm(uint32_t state[8], const uint8_t *blocks, size_t count);

/* What this processor can run, fastest first; returns how many there are, at least one. */
#define SHA256_MAX_INSTRUCTIONS 3
size_t sha256_list_instructions(struct sha256_instructions list[SHA256_MAX_INSTRUCTIONS]);

/* Between a word and its big-endian bytes, either way. */
static inline uint32_t sha256_big_endian(uint32_t word) {
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  return __builtin_bswap32(word);
#else
  return word;
#endif
}

/* The state as the 32 bytes of a digest. */
void sha256_write_digest(const uint32_t state[8], uint8_t *digest);

/* Whole blocks of a message of `length` bytes once it is padded. */
size_t sha256_padded_blocks(size_t length);

/* Writes the padding behind the last of `length` bytes; `tail` is where byte `tail_at` of the message stands. */
void sha256_pad(uint8_t *tail, size_t tail_at, size_t length);

/* The digest of a padded message. `digest` may be part of it. */
void sha256_padded(sha256_compress compress, const uint8_t *message, size_t blocks, uint8_t *digest);

/* The digest of a digest, in place: what makes SHA-256 Bitcoin's double SHA-256. */
void sha256_again(sha256_compress compress, uint8_t digest[SHA256_DIGEST_BYTES]);

#endif
