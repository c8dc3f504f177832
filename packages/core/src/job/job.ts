import type { FrozenWindow } from './direct-split.js'
import type { OpenSuffix } from './open-suffix.js'

/**
 * What miners hash: one block template, made ready for Stratum.
 *
 * A job is built once, in the primary, and sent to every stratum process; nothing in it is changed afterwards. It does
 * not hold the transactions of its block, which are megabytes: they follow by themselves, and only a block needs them.
 * All hashes are in internal byte order (as they stand in a block header), never in display order.
 */
export interface Job {
  /** Eight lower-case hex digits, never used before by this pool. */
  readonly jobId: string
  readonly height: number
  readonly version: number
  /** 32 bytes, internal order. */
  readonly prevHash: Uint8Array
  readonly nbits: number
  /** The template's `curtime`, seconds. */
  readonly ntime: number
  /** The template's `mintime`, seconds: no block of this job may be older. */
  readonly mintime: number
  /** Coinbase transaction without witness, up to extranonce1; ends with the four bytes of the job id. */
  readonly coinbasePrefix: Uint8Array
  /** Coinbase transaction without witness, from behind extranonce2: the smallest variant, unless this is another. */
  readonly coinbaseSuffix: Uint8Array
  /**
   * The same with outputs of the window's miners, for clients of a direct port that can hold it; the smallest first.
   */
  readonly largerSuffixes: readonly Uint8Array[]
  /** By what the larger ones pay; undefined when there is none. */
  readonly frozenWindow?: FrozenWindow | undefined
  /** Of a variant that pays the window's miners alone: by what. */
  readonly paidWindow?: FrozenWindow | undefined
  /**
   * The same for a block whose finder is paid by its coinbase: whoever it is has his own `coinbaseSuffix`, made of
   * this.
   */
  readonly soloSuffix: OpenSuffix
  /** Of a variant for a solo miner alone: what its `coinbaseSuffix` was made of. */
  readonly openSuffix?: OpenSuffix | undefined
  /** Sibling hashes from the coinbase up to the root, 32 bytes each, internal order. */
  readonly merklePath: readonly Uint8Array[]
  /** Subsidy and fees, as the template states them. */
  readonly coinbaseValueSats: bigint
  readonly feesSats: bigint
  /** Whether the block needs the witness form of the coinbase (BIP 141), with a reserved value of 32 zero bytes. */
  readonly hasWitnessCommitment: boolean
  /** Names the transactions of its block: the id of the first job that had them. Jobs of the same work share them. */
  readonly transactionsId: string
  /** How many they are, without the coinbase; with none there is nothing to wait for. */
  readonly transactionCount: number
  /** Bytes of all of them, serialised with witness. */
  readonly transactionsSize: number
  /** True for the first job on a new tip: miners drop older jobs. */
  readonly cleanJobs: boolean
  /** When the template was fetched, ms since the epoch. */
  readonly createdAtMs: number
}

/**
 * Room in every coinbase behind `coinbasePrefix`, bytes. Extranonce1 is ours: an alias of the job (on the wire the end
 * of coinb1), then the session's part (on the wire extranonce1). Extranonce2 is the miner's.
 *
 * The prefix ends with the job id and the alias stands for one difficulty, so a hash commits to the difficulty it was
 * searched at: no miner can choose afterwards what a share of his credits.
 */
export const ALIAS_SIZE = 1
export const SESSION_EXTRANONCE1_SIZE = 4
export const EXTRANONCE1_SIZE = ALIAS_SIZE + SESSION_EXTRANONCE1_SIZE
export const EXTRANONCE2_SIZE = 8
