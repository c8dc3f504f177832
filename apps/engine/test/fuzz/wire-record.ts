import type { WireMessage } from '../stratum/wire-laws.js'
import type { MinerMemory } from './miner-memory.js'

/** What one connection comes to: all bytes that were sent, all that the pool said. */
export interface WireRecord {
  /** What the pool takes for the client's address. */
  readonly remoteAddress: string
  readonly sent: Buffer
  /** From the pool, in order. */
  readonly messages: readonly WireMessage[]
  /** Lines of the pool that are no message. */
  readonly nonsense: readonly string[]
  /** Of the pool, bytes. */
  readonly longestLine: number
  readonly memory: MinerMemory
  /** Whether it was the client that ended it. */
  readonly hasEnded: boolean
  readonly isClosed: boolean
}

/** Those messages of the pool that answer something. */
export function answersOf({ messages }: Pick<WireRecord, 'messages'>): readonly WireMessage[] {
  return messages.filter(({ method }) => method === undefined)
}
