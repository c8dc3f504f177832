/*
 * The door between JavaScript and the hashes. A call that looks at a typed array costs more than a hash, so what a
 * share consists of lies in memory that both sides know: JavaScript writes, calls with a number, and reads.
 */
#define NAPI_VERSION 8
#include <node_api.h>
#include <stdlib.h>
#include <string.h>

#include "share.h"

/* Jobs that are ready at once. JavaScript decides which slot holds which. */
#define JOB_SLOTS 4096
/* Longest message that is hashed out of the shared memory; longer ones are hashed where they are. */
#define MESSAGE_MAX_BYTES 1024

/* What JavaScript sees, byte for byte: src/machine.ts has the same offsets. */
struct shared {
  uint8_t header[HEADER_BYTES];
  uint8_t hash[SHA256_DIGEST_BYTES];
  uint8_t extranonces[EXTRANONCE_MAX_BYTES];
  uint8_t message[MESSAGE_MAX_BYTES + SHA256_PADDING_MAX_BYTES];
};

struct machine {
  sha256_compress compress;
  struct shared *shared;
  struct job jobs[JOB_SLOTS];
};

static napi_value fail(napi_env env, const char *message) {
  napi_throw_range_error(env, NULL, message);
  return NULL;
}

/* The arguments of a call; the machine is the data that its functions were made with. NULL when one is missing. */
static struct machine *read_call(napi_env env, napi_callback_info info, size_t wanted, napi_value *arguments) {
  void *machine = NULL;
  size_t count = wanted;
  if (napi_get_cb_info(env, info, &count, arguments, NULL, &machine) != napi_ok || count < wanted) return NULL;
  return machine;
}

/* False unless the value is a Uint8Array. */
static bool read_bytes(napi_env env, napi_value value, uint8_t **bytes, size_t *length) {
  napi_typedarray_type type;
  void *data = NULL;
  if (napi_get_typedarray_info(env, value, &type, length, &data, NULL, NULL) != napi_ok) return false;
  *bytes = data;
  return type == napi_uint8_array;
}

static napi_value hash_message(napi_env env, napi_callback_info info, bool twice) {
  napi_value arguments[1];
  uint32_t length;
  struct machine *machine = read_call(env, info, 1, arguments);
  if (machine == NULL || napi_get_value_uint32(env, arguments[0], &length) != napi_ok || length > MESSAGE_MAX_BYTES)
    return fail(env, "not the length of a message in the shared memory");
  struct shared *shared = machine->shared;
  sha256_pad(shared->message, 0, length);
  sha256_padded(machine->compress, shared->message, sha256_padded_blocks(length), shared->hash);
  if (twice) sha256_again(machine->compress, shared->hash);
  return NULL;
}

/* sha256(length): of the message in the shared memory. */
static napi_value sha256(napi_env env, napi_callback_info info) { return hash_message(env, info, false); }

/* sha256d(length): twice. */
static napi_value sha256d(napi_env env, napi_callback_info info) { return hash_message(env, info, true); }

/* sha256Bytes(bytes): of any Uint8Array, where it is. */
static napi_value sha256_bytes(napi_env env, napi_callback_info info) {
  napi_value arguments[1];
  uint8_t *bytes;
  size_t length;
  struct machine *machine = read_call(env, info, 1, arguments);
  if (machine == NULL || !read_bytes(env, arguments[0], &bytes, &length)) return fail(env, "not a Uint8Array");
  uint32_t state[8];
  uint8_t tail[SHA256_BLOCK_BYTES + SHA256_PADDING_MAX_BYTES];
  size_t whole_blocks = length / SHA256_BLOCK_BYTES;
  size_t tail_at = whole_blocks * SHA256_BLOCK_BYTES;
  memcpy(state, SHA256_INITIAL_STATE, sizeof state);
  machine->compress(state, bytes, whole_blocks);
  if (length > tail_at) memcpy(tail, bytes + tail_at, length - tail_at);
  sha256_pad(tail, tail_at, length);
  machine->compress(state, tail, sha256_padded_blocks(length) - whole_blocks);
  sha256_write_digest(state, machine->shared->hash);
  return NULL;
}

/* loadJob(slot, coinbase, extranonceAt, extranonceBytes, path, header) */
static napi_value load_job(napi_env env, napi_callback_info info) {
  napi_value arguments[6];
  uint32_t slot, extranonce_at, extranonce_bytes;
  uint8_t *coinbase, *path, *header;
  size_t coinbase_bytes, path_bytes, header_bytes;
  struct machine *machine = read_call(env, info, 6, arguments);
  if (machine == NULL || napi_get_value_uint32(env, arguments[0], &slot) != napi_ok ||
      !read_bytes(env, arguments[1], &coinbase, &coinbase_bytes) ||
      napi_get_value_uint32(env, arguments[2], &extranonce_at) != napi_ok ||
      napi_get_value_uint32(env, arguments[3], &extranonce_bytes) != napi_ok ||
      !read_bytes(env, arguments[4], &path, &path_bytes) || !read_bytes(env, arguments[5], &header, &header_bytes))
    return fail(env, "not the parts of a job");
  if (slot >= JOB_SLOTS || header_bytes != HEADER_BYTES || path_bytes % SHA256_DIGEST_BYTES != 0 ||
      extranonce_bytes > EXTRANONCE_MAX_BYTES || (size_t)extranonce_at + extranonce_bytes > coinbase_bytes)
    return fail(env, "a part of the job has the wrong size");
  if (!job_load(&machine->jobs[slot], machine->compress, coinbase, coinbase_bytes, extranonce_at, extranonce_bytes,
                path, path_bytes / SHA256_DIGEST_BYTES, header))
    return fail(env, "no memory for a job");
  return NULL;
}

/* hashShare(slot): header and hash of the share whose numbers are in the shared memory. */
static napi_value hash_share(napi_env env, napi_callback_info info) {
  napi_value arguments[1];
  uint32_t slot;
  struct machine *machine = read_call(env, info, 1, arguments);
  if (machine == NULL || napi_get_value_uint32(env, arguments[0], &slot) != napi_ok || slot >= JOB_SLOTS ||
      machine->jobs[slot].tail == NULL)
    return fail(env, "no job is in this slot");
  struct shared *shared = machine->shared;
  share_hash(&machine->jobs[slot], machine->compress, shared->extranonces, shared->header, shared->hash);
  return NULL;
}

static void close_machine(void *data) {
  struct machine *machine = data;
  for (int slot = 0; slot < JOB_SLOTS; slot++) job_free(&machine->jobs[slot]);
  free(machine);
}

/* The object that JavaScript holds of a machine. Its memory is never collected: the functions write there. */
static bool describe_machine(napi_env env, struct machine *machine, napi_value object) {
  const struct {
    const char *name;
    napi_callback call;
  } functions[] = {{"sha256", sha256},
                   {"sha256d", sha256d},
                   {"sha256Bytes", sha256_bytes},
                   {"loadJob", load_job},
                   {"hashShare", hash_share}};
  napi_value buffer, memory;
  napi_ref reference;
  void *data;
  if (napi_create_arraybuffer(env, sizeof(struct shared), &data, &buffer) != napi_ok ||
      napi_create_reference(env, buffer, 1, &reference) != napi_ok ||
      napi_create_typedarray(env, napi_uint8_array, sizeof(struct shared), buffer, 0, &memory) != napi_ok ||
      napi_set_named_property(env, object, "memory", memory) != napi_ok)
    return false;
  machine->shared = data;
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    napi_value function;
    if (napi_create_function(env, functions[i].name, NAPI_AUTO_LENGTH, functions[i].call, machine, &function) !=
            napi_ok ||
        napi_set_named_property(env, object, functions[i].name, function) != napi_ok)
      return false;
  }
  return true;
}

static bool open_machine(napi_env env, struct sha256_instructions instructions, napi_value *object) {
  struct machine *machine = calloc(1, sizeof *machine);
  napi_value name;
  if (machine == NULL) return false;
  machine->compress = instructions.compress;
  if (napi_add_env_cleanup_hook(env, close_machine, machine) != napi_ok) {
    free(machine);
    return false;
  }
  return napi_create_object(env, object) == napi_ok &&
         napi_create_string_utf8(env, instructions.name, NAPI_AUTO_LENGTH, &name) == napi_ok &&
         napi_set_named_property(env, *object, "instructions", name) == napi_ok &&
         describe_machine(env, machine, *object);
}

/* exports.machines: one for each way of hashing that this processor has, fastest first. */
NAPI_MODULE_INIT() {
  struct sha256_instructions list[SHA256_MAX_INSTRUCTIONS];
  size_t count = sha256_list_instructions(list);
  napi_value machines;
  if (napi_create_array_with_length(env, count, &machines) != napi_ok) return NULL;
  for (uint32_t i = 0; i < count; i++) {
    napi_value machine;
    if (!open_machine(env, list[i], &machine) || napi_set_element(env, machines, i, machine) != napi_ok) return NULL;
  }
  return napi_set_named_property(env, exports, "machines", machines) == napi_ok ? exports : NULL;
}
