import { formatCount, formatDifficulty } from '../format/count'

/** The part of a client profile that changes how the pool treats a client. */
export interface ProfileNeeds {
  readonly maxCoinbaseBytes: number
  readonly minDifficulty: number
  readonly keepaliveSeconds: number
  readonly answersPing: boolean
  readonly oneMessagePerPacket: boolean
  readonly extranonce2Bytes: number
}

/** In words, what a client is treated by that others are not. Empty: as every client that nothing is known of. */
export function quirksOf(profile: ProfileNeeds, others: ProfileNeeds): string[] {
  const { maxCoinbaseBytes, minDifficulty, keepaliveSeconds, extranonce2Bytes } = profile
  const found: string[] = []
  if (maxCoinbaseBytes > others.maxCoinbaseBytes)
    found.push(`takes coinbases of up to ${formatCount(maxCoinbaseBytes)} B, more than most`)
  if (maxCoinbaseBytes < others.maxCoinbaseBytes)
    found.push(`takes only small coinbases, of up to ${formatCount(maxCoinbaseBytes)} B`)
  if (minDifficulty !== others.minDifficulty)
    found.push(`wants a difficulty of at least ${formatDifficulty(minDifficulty)}`)
  if (keepaliveSeconds !== others.keepaliveSeconds)
    found.push(`bears ${formatCount(keepaliveSeconds)} s of silence`)
  if (profile.answersPing !== others.answersPing)
    found.push(profile.answersPing ? 'answers pings, and is sent them' : 'is not pinged')
  if (profile.oneMessagePerPacket !== others.oneMessagePerPacket)
    found.push(profile.oneMessagePerPacket ? 'reads one message a packet' : 'reads several messages a packet')
  if (extranonce2Bytes !== others.extranonce2Bytes) found.push(`has ${extranonce2Bytes} bytes of extranonce2`)
  return found
}
