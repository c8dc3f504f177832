import type { BlockList } from 'node:net'
import { isListed, parseAddressList } from '../address-list.js'
import type { EngineOptions } from '../env.js'
import type { RejectRatioOptions } from './reject-ratio.js'

/** The limits of one stratum process. Infinity: no limit. docs/operations.md says what happens at each. */
export interface GuardOptions {
  readonly maxLineBytes: number
  readonly maxOutputBytes: number
  readonly handshakeTimeoutMs: number
  readonly idleTimeoutMs: number
  readonly maxMemoryBytes: number
  readonly maxConnections: number
  readonly maxConnectionsPerAddress: number
  readonly maxConnectionsPerSubnet: number
  /** Of one address. */
  readonly newConnectionsPerSecond: number
  /** Of one connection. */
  readonly messagesPerSecond: number
  readonly messagesPerSecondPerAddress: number
  /** Of transactions that one address is listed. */
  readonly transactionBytesPerSecondPerAddress: number
  /** Of one connection. */
  readonly submitsPerSecond: number
  /** Of one payout address. */
  readonly submitsPerSecondPerMiner: number
  readonly rejectRatio: RejectRatioOptions
  /** Handshakes an address may let lapse within a half-life. */
  readonly maxFailedHandshakes: number
  /** Connections of an address that may be closed for flooding within a half-life. */
  readonly maxFloods: number
  /** Of a first ban; 0: nobody is banned. */
  readonly banMs: number
  readonly neverBan: BlockList
}

const MIB = 1024 * 1024

/**
 * The limits of each of `STRATUM_PROCESSES` processes. What is a limit of the whole pool is divided among them, for
 * the system spreads connections evenly; what is of one connection, or of one process, is not.
 */
export function guardOptions(engine: EngineOptions): GuardOptions {
  const shareOf = (limit: number) => unlessZero(Math.ceil(limit / engine.STRATUM_PROCESSES))
  return Object.freeze({
    maxLineBytes: engine.STRATUM_MAX_LINE_BYTES,
    maxOutputBytes: engine.STRATUM_MAX_OUTPUT_BYTES,
    handshakeTimeoutMs: engine.STRATUM_HANDSHAKE_SECONDS * 1_000,
    idleTimeoutMs: engine.STRATUM_IDLE_SECONDS * 1_000,
    maxMemoryBytes: unlessZero(engine.STRATUM_MAX_MEMORY_MIB * MIB),
    maxConnections: shareOf(engine.STRATUM_MAX_CONNECTIONS),
    maxConnectionsPerAddress: shareOf(engine.STRATUM_MAX_CONNECTIONS_PER_ADDRESS),
    maxConnectionsPerSubnet: shareOf(engine.STRATUM_MAX_CONNECTIONS_PER_SUBNET),
    newConnectionsPerSecond: shareOf(engine.STRATUM_MAX_NEW_CONNECTIONS_PER_SECOND),
    messagesPerSecond: unlessZero(engine.STRATUM_MAX_MESSAGES_PER_SECOND),
    messagesPerSecondPerAddress: shareOf(engine.STRATUM_MAX_MESSAGES_PER_SECOND_PER_ADDRESS),
    transactionBytesPerSecondPerAddress: shareOf(engine.STRATUM_MAX_TRANSACTION_BYTES_PER_SECOND_PER_ADDRESS),
    submitsPerSecond: unlessZero(engine.STRATUM_MAX_SUBMITS_PER_SECOND),
    submitsPerSecondPerMiner: shareOf(engine.STRATUM_MAX_SUBMITS_PER_SECOND_PER_MINER),
    rejectRatio: Object.freeze({
      halfLifeMs: engine.STRATUM_BAN_HALF_LIFE_SECONDS * 1_000,
      minSubmissions: engine.STRATUM_BAN_MIN_SUBMISSIONS,
      rejectPercent: engine.STRATUM_BAN_REJECT_PERCENT,
    }),
    maxFailedHandshakes: unlessZero(engine.STRATUM_BAN_FAILED_HANDSHAKES),
    maxFloods: unlessZero(engine.STRATUM_BAN_FLOODS),
    banMs: engine.STRATUM_BAN_MINUTES * 60_000,
    neverBan: parseAddressList(engine.STRATUM_NEVER_BAN),
  })
}

/** `address` as in a ban. The /64 of an IPv6 address is in the list when its first address is. */
export function isNeverBanned(engine: EngineOptions, address: string): boolean {
  return isListed(parseAddressList(engine.STRATUM_NEVER_BAN), address.replace(/\/64$/, ''))
}

const unlessZero = (limit: number): number => (limit === 0 ? Infinity : limit)
