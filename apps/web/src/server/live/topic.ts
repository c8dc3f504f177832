import type { LiveEvent } from '@headframe/core/live/live-feed'

/** What may have changed; a page asks again for what it shows of it. */
export type Topic = 'shares' | 'tip' | 'block' | 'payout' | 'node' | 'check'

export const TOPICS: readonly Topic[] = ['shares', 'tip', 'block', 'payout', 'node', 'check']

/** The topic of a message on the events channel; undefined when it is none we know. */
export function topicOfMessage(message: string): Topic | undefined {
  try {
    const { type } = JSON.parse(message) as Partial<LiveEvent>
    return TOPICS.find((topic) => topic === type)
  } catch {
    return undefined
  }
}
