#include "sha256.h"

#include <string.h>

/* FIPS 180-4, section 6.2.2, for any processor. The message schedule is kept in sixteen words, and the eight
   variables change their names instead of their places, so that a compiler keeps all of them in registers. */

#define ROTATE(x, n) (((x) >> (n)) | ((x) << (32 - (n))))
#define CHOOSE(x, y, z) ((z) ^ ((x) & ((y) ^ (z))))
#define MAJORITY(x, y, z) (((x) & (y)) | ((z) & ((x) | (y))))
#define BIG_SIGMA_0(x) (ROTATE(x, 2) ^ ROTATE(x, 13) ^ ROTATE(x, 22))
#define BIG_SIGMA_1(x) (ROTATE(x, 6) ^ ROTATE(x, 11) ^ ROTATE(x, 25))
#define SMALL_SIGMA_0(x) (ROTATE(x, 7) ^ ROTATE(x, 18) ^ ((x) >> 3))
#define SMALL_SIGMA_1(x) (ROTATE(x, 17) ^ ROTATE(x, 19) ^ ((x) >> 10))

#define ROUND(a, b, c, d, e, f, g, h, i)                                                                     \
  h += BIG_SIGMA_1(e) + CHOOSE(e, f, g) + SHA256_K[from + (i)] + w[i];                                       \
  d += h;                                                                                                    \
  h += BIG_SIGMA_0(a) + MAJORITY(a, b, c)

#define EXTEND(i)                                                                                            \
  w[i] += SMALL_SIGMA_0(w[((i) + 1) & 15]) + w[((i) + 9) & 15] + SMALL_SIGMA_1(w[((i) + 14) & 15])

static void compress_block(uint32_t state[8], const uint8_t *block) {
  uint32_t w[16];
  uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
  uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
  memcpy(w, block, sizeof w);
  for (int i = 0; i < 16; i++) w[i] = sha256_big_endian(w[i]);
  for (int from = 0; from < 64; from += 16) {
    if (from > 0) {
      EXTEND(0), EXTEND(1), EXTEND(2), EXTEND(3), EXTEND(4), EXTEND(5), EXTEND(6), EXTEND(7);
      EXTEND(8), EXTEND(9), EXTEND(10), EXTEND(11), EXTEND(12), EXTEND(13), EXTEND(14), EXTEND(15);
    }
    ROUND(a, b, c, d, e, f, g, h, 0);
    ROUND(h, a, b, c, d, e, f, g, 1);
    ROUND(g, h, a, b, c, d, e, f, 2);
    ROUND(f, g, h, a, b, c, d, e, 3);
    ROUND(e, f, g, h, a, b, c, d, 4);
    ROUND(d, e, f, g, h, a, b, c, 5);
    ROUND(c, d, e, f, g, h, a, b, 6);
    ROUND(b, c, d, e, f, g, h, a, 7);
    ROUND(a, b, c, d, e, f, g, h, 8);
    ROUND(h, a, b, c, d, e, f, g, 9);
    ROUND(g, h, a, b, c, d, e, f, 10);
    ROUND(f, g, h, a, b, c, d, e, 11);
    ROUND(e, f, g, h, a, b, c, d, 12);
    ROUND(d, e, f, g, h, a, b, c, 13);
    ROUND(c, d, e, f, g, h, a, b, 14);
    ROUND(b, c, d, e, f, g, h, a, 15);
  }
  state[0] += a, state[1] += b, state[2] += c, state[3] += d;
  state[4] += e, state[5] += f, state[6] += g, state[7] += h;
}

void sha256_compress_portable(uint32_t state[8], const uint8_t *blocks, size_t count) {
  for (; count > 0; count--, blocks += SHA256_BLOCK_BYTES) compress_block(state, blocks);
}
