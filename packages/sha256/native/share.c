#include "share.h"

#include <stdlib.h>
#include <string.h>

#define PREV_HASH_AT 4
#define MERKLE_ROOT_AT 36
#define NBITS_AT 72

void job_free(struct job *job) {
  free(job->tail);
  free(job->path);
  memset(job, 0, sizeof *job);
}

bool job_load(struct job *job, sha256_compress compress, const uint8_t *coinbase, size_t coinbase_bytes,
              size_t extranonce_at, size_t extranonce_bytes, const uint8_t *path, size_t path_length,
              const uint8_t header[HEADER_BYTES]) {
  size_t whole_blocks = extranonce_at / SHA256_BLOCK_BYTES;
  size_t tail_at = whole_blocks * SHA256_BLOCK_BYTES;
  job_free(job);
  job->tail_blocks = sha256_padded_blocks(coinbase_bytes) - whole_blocks;
  job->tail = malloc(job->tail_blocks * SHA256_BLOCK_BYTES);
  job->path = malloc(path_length * SHA256_DIGEST_BYTES + 1);
  if (job->tail == NULL || job->path == NULL) {
    job_free(job);
    return false;
  }
  memcpy(job->midstate, SHA256_INITIAL_STATE, sizeof job->midstate);
  compress(job->midstate, coinbase, whole_blocks);
  memcpy(job->tail, coinbase + tail_at, coinbase_bytes - tail_at);
  sha256_pad(job->tail, tail_at, coinbase_bytes);
  job->extranonce_at = extranonce_at - tail_at;
  job->extranonce_bytes = extranonce_bytes;
  if (path_length > 0) memcpy(job->path, path, path_length * SHA256_DIGEST_BYTES);
  job->path_length = path_length;
  memcpy(job->header, header, HEADER_BYTES);
  return true;
}

static void hash_coinbase(struct job *job, sha256_compress compress, const uint8_t *extranonces, uint8_t *txid) {
  uint32_t state[8];
  memcpy(state, job->midstate, sizeof state);
  memcpy(job->tail + job->extranonce_at, extranonces, job->extranonce_bytes);
  compress(state, job->tail, job->tail_blocks);
  sha256_write_digest(state, txid);
  sha256_again(compress, txid);
}

/* Two hashes side by side and their padding; the first of them becomes the hash of both. */
static void climb_path(const struct job *job, sha256_compress compress, uint8_t node[2 * SHA256_BLOCK_BYTES]) {
  sha256_pad(node, 0, 2 * SHA256_DIGEST_BYTES);
  for (size_t i = 0; i < job->path_length; i++) {
    memcpy(node + SHA256_DIGEST_BYTES, job->path + i * SHA256_DIGEST_BYTES, SHA256_DIGEST_BYTES);
    sha256_padded(compress, node, 2, node);
    sha256_again(compress, node);
  }
}

void share_hash(struct job *job, sha256_compress compress, const uint8_t *extranonces, uint8_t header[HEADER_BYTES],
                uint8_t hash[SHA256_DIGEST_BYTES]) {
  uint8_t message[2 * SHA256_BLOCK_BYTES];
  hash_coinbase(job, compress, extranonces, message);
  climb_path(job, compress, message);
  memcpy(header + PREV_HASH_AT, job->header + PREV_HASH_AT, MERKLE_ROOT_AT - PREV_HASH_AT);
  memcpy(header + MERKLE_ROOT_AT, message, SHA256_DIGEST_BYTES);
  memcpy(header + NBITS_AT, job->header + NBITS_AT, 4);
  memcpy(message, header, HEADER_BYTES);
  sha256_pad(message, 0, HEADER_BYTES);
  sha256_padded(compress, message, 2, hash);
  sha256_again(compress, hash);
}
