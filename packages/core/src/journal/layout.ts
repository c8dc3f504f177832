import type { Network } from '../chain/network.js'
import type { PayoutMode } from '../share/share.js'
import { EXTRANONCE1_SIZE, EXTRANONCE2_SIZE } from '../job/job.js'

/** The numbers of the segment format; `docs/journal.md` is the prose to them. All integers are little-endian. */

/** A segment begins with these seven bytes, ASCII `HFSEGMT`, and the version. */
export const MAGIC = Uint8Array.of(0x48, 0x46, 0x53, 0x45, 0x47, 0x4d, 0x54)
export const VERSION = 1
export const PREAMBLE_BYTES = MAGIC.length + 1

/**
 * Every frame begins with these bytes, by which a reader finds the next frame behind a damaged one. The first of
 * them never occurs in UTF-8, so no name can hold them.
 */
export const FRAME_MARK = Uint8Array.of(0xf5, 0x46, 0x52, 0x4d)
/** The mark, u32 length of the records, u32 CRC-32 of the length and the records. */
export const FRAME_HEADER_BYTES = FRAME_MARK.length + 4 + 4
/** No frame holds more bytes of records than this. */
export const MAX_FRAME_BYTES = 1 << 24

export const TAG = { header: 1, job: 2, worker: 3, share: 4, rejects: 5, trailer: 6, soloJob: 7 } as const

/** Tag, jobRef, workerRef, acceptedAtMs, assignedDifficulty, extranonces, ntime, nonce, version. */
export const SHARE_RECORD_BYTES = 1 + 4 + 4 + 8 + 8 + EXTRANONCE1_SIZE + EXTRANONCE2_SIZE + 4 + 4 + 4
/** Tag, workerRef, minuteMs, reason, count. */
export const REJECTS_RECORD_BYTES = 1 + 4 + 8 + 1 + 4
/** Tag, shareCount, work, root, sealedAtMs. */
export const TRAILER_RECORD_BYTES = 1 + 4 + 32 + 32 + 8

/** Index = the number that stands for the network in a segment; append only. */
export const NETWORK_NUMBERS: readonly Network[] = ['mainnet', 'testnet3', 'testnet4', 'signet', 'regtest']
/** Index = the number that stands for the payout mode in a segment; append only. */
export const MODE_NUMBERS: readonly PayoutMode[] = ['pplns', 'solo', 'fpps']

/** A writer's id is also the name of its folder, so nothing else may stand in it. */
export const WRITER_ID = /^[a-z0-9-]{1,32}$/
