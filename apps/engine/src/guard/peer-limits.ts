import type { GuardOptions } from './guard-options.js'
import { RateLimit } from './rate-limit.js'
import { RejectRatio } from './reject-ratio.js'

/** A bucket holds what its rate brings in so long: what is above the rate for a moment is no flood. */
const BURST_SECONDS = 10
/** For connections of an address that may hold any number of them. */
const CONNECT_BURST_SECONDS = 100

/** The options as what counts with them. */
export interface PeerLimits {
  readonly messages: RateLimit
  readonly messagesOfAddress: RateLimit
  /** In bytes. */
  readonly transactionsOfAddress: RateLimit
  readonly submits: RateLimit
  readonly submitsOfMiner: RateLimit
  /** Its bucket holds a connection for each that the address may have, so that all of them may return at once. */
  readonly connects: RateLimit
  readonly handshakes: RateLimit
  readonly floods: RateLimit
  readonly ratio: RejectRatio
  /** Refused submissions in a row after which a connection is closed: as many as its bucket holds. */
  readonly maxRefusedSubmits: number
}

export function peerLimits(options: GuardOptions): PeerLimits {
  const { newConnectionsPerSecond, maxConnectionsPerAddress, rejectRatio } = options
  const connectBurst = Number.isFinite(maxConnectionsPerAddress)
    ? maxConnectionsPerAddress
    : newConnectionsPerSecond * CONNECT_BURST_SECONDS
  const withinHalfLife = (count: number): RateLimit =>
    new RateLimit((count * 1_000) / rejectRatio.halfLifeMs, count)
  return {
    messages: burstOf(options.messagesPerSecond),
    messagesOfAddress: burstOf(options.messagesPerSecondPerAddress),
    transactionsOfAddress: burstOf(options.transactionBytesPerSecondPerAddress),
    submits: burstOf(options.submitsPerSecond),
    submitsOfMiner: burstOf(options.submitsPerSecondPerMiner),
    connects: new RateLimit(newConnectionsPerSecond, connectBurst),
    handshakes: withinHalfLife(options.maxFailedHandshakes),
    floods: withinHalfLife(options.maxFloods),
    ratio: new RejectRatio(rejectRatio),
    maxRefusedSubmits: options.submitsPerSecond * BURST_SECONDS,
  }
}

const burstOf = (perSecond: number): RateLimit => new RateLimit(perSecond, perSecond * BURST_SECONDS)
