#include "sha256.h"

/* With the SHA-2 instructions of ARMv8 (ARM ARM, "SHA256 hash update"). The addon is compiled with +crypto on ARM64;
   nothing but these intrinsics makes a compiler use them. */
#if defined(__aarch64__) && (defined(__ARM_FEATURE_SHA2) || defined(__ARM_FEATURE_CRYPTO))

#include <arm_neon.h>

#if defined(__linux__)
#include <sys/auxv.h>
/* Linux, arch/arm64/include/uapi/asm/hwcap.h. */
#define SHA2_BIT (1ul << 6)
bool sha256_has_arm(void) { return (getauxval(AT_HWCAP) & SHA2_BIT) != 0; }
#elif defined(__APPLE__)
/* Every ARM64 processor of Apple has them. */
bool sha256_has_arm(void) { return true; }
#else
bool sha256_has_arm(void) { return false; }
#endif

void sha256_compress_arm(uint32_t state[8], const uint8_t *blocks, size_t count) {
  uint32x4_t abcd = vld1q_u32(state), efgh = vld1q_u32(state + 4);

  for (; count > 0; count--, blocks += SHA256_BLOCK_BYTES) {
    const uint32x4_t abcd_before = abcd, efgh_before = efgh;
    uint32x4_t w[4];
#pragma GCC unroll 16
    for (int i = 0; i < 16; i++) {
      uint32x4_t *now = &w[i & 3];
      if (i < 4) {
        *now = vreinterpretq_u32_u8(vrev32q_u8(vld1q_u8(blocks + 16 * i)));
      } else {
        const uint32x4_t part = vsha256su0q_u32(*now, w[(i + 1) & 3]);
        *now = vsha256su1q_u32(part, w[(i + 2) & 3], w[(i + 3) & 3]);
      }
      const uint32x4_t sum = vaddq_u32(*now, vld1q_u32(SHA256_K + 4 * i));
      const uint32x4_t abcd_now = abcd;
      abcd = vsha256hq_u32(abcd, efgh, sum);
      efgh = vsha256h2q_u32(efgh, abcd_now, sum);
    }
    abcd = vaddq_u32(abcd, abcd_before);
    efgh = vaddq_u32(efgh, efgh_before);
  }

  vst1q_u32(state, abcd);
  vst1q_u32(state + 4, efgh);
}

#else

bool sha256_has_arm(void) { return false; }

void sha256_compress_arm(uint32_t state[8], const uint8_t *blocks, size_t count) {
  (void)state, (void)blocks, (void)count;
}

#endif
