#include "sha256.h"

#include <string.h>

const uint32_t SHA256_K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

const uint32_t SHA256_INITIAL_STATE[8] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

size_t sha256_list_instructions(struct sha256_instructions list[SHA256_MAX_INSTRUCTIONS]) {
  size_t count = 0;
  if (sha256_has_x86()) list[count++] = (struct sha256_instructions){"sha-ni", sha256_compress_x86};
  if (sha256_has_arm()) list[count++] = (struct sha256_instructions){"armv8-sha2", sha256_compress_arm};
  list[count++] = (struct sha256_instructions){"portable-c", sha256_compress_portable};
  return count;
}

void sha256_write_digest(const uint32_t state[8], uint8_t *digest) {
  for (int i = 0; i < 8; i++) {
    uint32_t word = sha256_big_endian(state[i]);
    memcpy(digest + 4 * i, &word, sizeof word);
  }
}

size_t sha256_padded_blocks(size_t length) {
  return (length + 1 + 8 + SHA256_BLOCK_BYTES - 1) / SHA256_BLOCK_BYTES;
}

void sha256_pad(uint8_t *tail, size_t tail_at, size_t length) {
  uint8_t *end = tail + (sha256_padded_blocks(length) * SHA256_BLOCK_BYTES - tail_at);
  uint8_t *padding = tail + (length - tail_at);
  uint64_t bits = (uint64_t)length * 8;
  memset(padding, 0, (size_t)(end - padding));
  padding[0] = 0x80;
  for (int i = 1; i <= 8; i++, bits >>= 8) end[-i] = (uint8_t)bits;
}

void sha256_padded(sha256_compress compress, const uint8_t *message, size_t blocks, uint8_t *digest) {
  uint32_t state[8];
  memcpy(state, SHA256_INITIAL_STATE, sizeof state);
  compress(state, message, blocks);
  sha256_write_digest(state, digest);
}

void sha256_again(sha256_compress compress, uint8_t digest[SHA256_DIGEST_BYTES]) {
  /* 32 bytes, the bit 1, zeros, and the length of 256 bits. */
  uint8_t block[SHA256_BLOCK_BYTES] = {[32] = 0x80, [62] = 0x01};
  memcpy(block, digest, SHA256_DIGEST_BYTES);
  sha256_padded(compress, block, 1, digest);
}
