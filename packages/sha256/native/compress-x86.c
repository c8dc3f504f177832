#include "sha256.h"

/* With the SHA extensions of x86-64 (Intel, "Intel SHA Extensions", 2013; AMD since Zen). */
#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>

/* Only this file's function is compiled for them, so that the addon loads on a processor without. */
#define WITH_SHA __attribute__((target("sha,sse4.1,ssse3")))

bool sha256_has_x86(void) {
  unsigned int a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return false;
  bool has_shuffles = (c & bit_SSSE3) != 0 && (c & bit_SSE4_1) != 0;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return false;
  return has_shuffles && (b & (1u << 29)) != 0;
}

WITH_SHA void sha256_compress_x86(uint32_t state[8], const uint8_t *blocks, size_t count) {
  const __m128i swap_bytes = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  const __m128i *constants = (const __m128i *)SHA256_K;
  /* The instructions hold the state as the words a b e f and c d g h, highest first. */
  __m128i low = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0xb1);
  __m128i high = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(state + 4)), 0x1b);
  __m128i abef = _mm_alignr_epi8(low, high, 8);
  __m128i cdgh = _mm_blend_epi16(high, low, 0xf0);

  for (; count > 0; count--, blocks += SHA256_BLOCK_BYTES) {
    const __m128i abef_before = abef, cdgh_before = cdgh;
    __m128i w[4];
#pragma GCC unroll 16
    for (int i = 0; i < 16; i++) {
      __m128i *now = &w[i & 3];
      if (i < 4) {
        *now = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)blocks + i), swap_bytes);
      } else {
        const __m128i next = w[(i + 1) & 3], before_last = w[(i + 2) & 3], last = w[(i + 3) & 3];
        const __m128i part = _mm_add_epi32(_mm_sha256msg1_epu32(*now, next), _mm_alignr_epi8(last, before_last, 4));
        *now = _mm_sha256msg2_epu32(part, last);
      }
      const __m128i sum = _mm_add_epi32(*now, _mm_loadu_si128(constants + i));
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0e));
    }
    abef = _mm_add_epi32(abef, abef_before);
    cdgh = _mm_add_epi32(cdgh, cdgh_before);
  }

  low = _mm_shuffle_epi32(abef, 0x1b);
  high = _mm_shuffle_epi32(cdgh, 0xb1);
  _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(low, high, 0xf0));
  _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(high, low, 8));
}

#else

bool sha256_has_x86(void) { return false; }

void sha256_compress_x86(uint32_t state[8], const uint8_t *blocks, size_t count) {
  (void)state, (void)blocks, (void)count;
}

#endif
