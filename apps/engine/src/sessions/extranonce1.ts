import { SESSION_EXTRANONCE1_SIZE } from '@headframe/core/job/job'

/**
 * The session's four bytes of extranonce1, most significant first: 12 bits of prefix, which one stratum process alone
 * has leased (prefix-leases), and 20 bits of number, which it gives to one session at a time (extranonce1-allocator).
 */
const NUMBER_BITS = 20
export const NUMBERS_PER_PREFIX = 1 << NUMBER_BITS
export const PREFIX_COUNT = 1 << (8 * SESSION_EXTRANONCE1_SIZE - NUMBER_BITS)

/**
 * How long a number, and a prefix, rests before somebody else gets it: longer than any job can be submitted, with a
 * margin for what a loss of power takes back (extranonce1-allocator).
 */
export const QUARANTINE_MS = 3_600_000

/** Extranonce1 in hex, and 64 bits that only the miner and the pool know. */
const SESSION_ID = /^[0-9a-f]{24}$/
const PREFIX_DIGITS = 3
export const EXTRANONCE1_DIGITS = 2 * SESSION_EXTRANONCE1_SIZE

export function makeExtranonce1(prefix: number, number: number): Uint8Array {
  const extranonce1 = new Uint8Array(SESSION_EXTRANONCE1_SIZE)
  extranonce1[0] = prefix >>> 4
  extranonce1[1] = ((prefix & 0xf) << 4) | (number >>> 16)
  extranonce1[2] = number >>> 8
  extranonce1[3] = number
  return extranonce1
}

export function prefixOf(extranonce1: Uint8Array): number {
  return (extranonce1[0]! << 4) | (extranonce1[1]! >>> 4)
}

export function numberOf(extranonce1: Uint8Array): number {
  return ((extranonce1[1]! & 0xf) << 16) | (extranonce1[2]! << 8) | extranonce1[3]!
}

/** The prefix of the process that a session lives in, or undefined when the text cannot be a session id of ours. */
export function prefixOfSessionId(sessionId: string): number | undefined {
  return SESSION_ID.test(sessionId) ? Number.parseInt(sessionId.slice(0, PREFIX_DIGITS), 16) : undefined
}
