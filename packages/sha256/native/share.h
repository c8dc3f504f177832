/* From a miner's numbers to the hash of his header. */
#ifndef HEADFRAME_SHARE_H
#define HEADFRAME_SHARE_H

#include "sha256.h"

#define HEADER_BYTES 80
/* Room for both extranonces together. */
#define EXTRANONCE_MAX_BYTES 64

/* What all shares of a job have in common, ready to be hashed. */
struct job {
  /* The state behind those whole blocks of the coinbase that stand before the extranonces. */
  uint32_t midstate[8];
  /* The rest of the coinbase, padded, and where in it the extranonces belong. */
  uint8_t *tail;
  size_t tail_blocks;
  size_t extranonce_at;
  size_t extranonce_bytes;
  /* The sibling hashes up to the root, 32 bytes each. */
  uint8_t *path;
  size_t path_length;
  /* prevHash and nbits in their places. */
  uint8_t header[HEADER_BYTES];
};

/* Takes over a job, whose old content is freed. `coinbase` has a hole of `extranonce_bytes` at `extranonce_at`.
   False, and the job empty, when there is no memory. */
bool job_load(struct job *job, sha256_compress compress, const uint8_t *coinbase, size_t coinbase_bytes,
              size_t extranonce_at, size_t extranonce_bytes, const uint8_t *path, size_t path_length,
              const uint8_t header[HEADER_BYTES]);

void job_free(struct job *job);

/* Coinbase -> txid -> Merkle root -> header -> hash. version, ntime and nonce stand in `header`; the rest of it is
   written here. */
void share_hash(struct job *job, sha256_compress compress, const uint8_t *extranonces, uint8_t header[HEADER_BYTES],
                uint8_t hash[SHA256_DIGEST_BYTES]);

#endif
