import { readText } from './text.js'

export interface SubscribeParams {
  /** What the miner calls itself; empty when it does not say. */
  readonly userAgent: string
  /** A session the miner would like to continue (cgminer, cpuminer), undefined when it names none. */
  readonly sessionId: string | undefined
}

/**
 * `mining.subscribe`: [userAgent?, sessionId?, ...]. Nothing in it is needed, so nothing in it can be wrong: null,
 * wrong types and the host and port that some clients append are passed over.
 */
export function parseSubscribe(params: readonly unknown[]): SubscribeParams {
  const sessionId = readText(params[1])
  return { userAgent: readText(params[0]) ?? '', sessionId: sessionId === '' ? undefined : sessionId }
}
