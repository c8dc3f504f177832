import { bytesToHex } from '../bytes.js'

/**
 * The result of `mining.subscribe`: [[[method, subscriptionId], ...], extranonce1, extranonce2Size].
 * The subscription ids are what cgminer and cpuminer send back as session id when they reconnect.
 */
export function subscribeResult(
  sessionId: string,
  extranonce1: Uint8Array,
  extranonce2Size: number,
): unknown {
  const subscriptions = [
    ['mining.set_difficulty', sessionId],
    ['mining.notify', sessionId],
  ]
  return [subscriptions, bytesToHex(extranonce1), extranonce2Size]
}
