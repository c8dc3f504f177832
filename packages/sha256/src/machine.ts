/**
 * What the addon gives: one machine for each way of hashing that this processor has. Its functions take no bytes
 * but those in `memory`, because a call that looks at a typed array costs more than a hash.
 */
export interface Machine {
  readonly instructions: 'sha-ni' | 'armv8-sha2' | 'portable-c'
  /** `MEMORY_BYTES` that both sides write to; the offsets are below. */
  readonly memory: Uint8Array
  /** Hashes the first `length` bytes at `MESSAGE_AT`, once or twice, to `HASH_AT`. */
  readonly sha256: (length: number) => void
  readonly sha256d: (length: number) => void
  /** Hashes bytes where they are, to `HASH_AT`: for messages that do not fit in `memory`. */
  readonly sha256Bytes: (bytes: Uint8Array) => void
  /**
   * Makes a job ready in one of `JOB_SLOTS` slots: the coinbase with a hole for the extranonces, the Merkle path as
   * one piece, and a header in which only prevHash and nbits count.
   */
  readonly loadJob: (
    slot: number,
    coinbase: Uint8Array,
    extranonceAt: number,
    extranonceSize: number,
    path: Uint8Array,
    header: Uint8Array,
  ) => void
  /**
   * Hashes a share of a job that is ready: reads the extranonces at `EXTRANONCES_AT` and version, ntime and nonce in
   * the header at `HEADER_AT`, writes the rest of the header, and the hash to `HASH_AT`.
   */
  readonly hashShare: (slot: number) => void
}

/** As `struct shared` in native/addon.c has them. */
export const HEADER_AT = 0
export const HEADER_SIZE = 80
export const HASH_AT = HEADER_AT + HEADER_SIZE
export const HASH_SIZE = 32
export const EXTRANONCES_AT = HASH_AT + HASH_SIZE
export const EXTRANONCES_MAX_SIZE = 64
export const MESSAGE_AT = EXTRANONCES_AT + EXTRANONCES_MAX_SIZE
export const MESSAGE_MAX_SIZE = 1024
/** With room for the padding behind the longest message. */
export const MEMORY_BYTES = MESSAGE_AT + MESSAGE_MAX_SIZE + 72

/**
 * Jobs that are ready at once, a kilobyte each: the newest and those before it whose shares are still under way, on a
 * solo port in a variant for each miner. To make one ready costs several times a hash.
 */
export const JOB_SLOTS = 4_096
