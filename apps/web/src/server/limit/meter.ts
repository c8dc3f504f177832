import { refuse } from '../error/refuse'
import type { Viewer } from '../viewer'
import { WINDOW_MS, type Budget } from './budgets'
import type { Allowance, RateLimiter } from './rate-limiter'

/** What one request is counted by. */
export interface Meter {
  /** Counts a call of a viewer and tells the answer's headers. Throws `rate-limited`. */
  readonly take: (viewer: Viewer, cost: Budget) => Promise<void>
  /** Whose budget it is that a viewer's calls are counted in. */
  readonly callerOf: (viewer: Viewer) => string
}

/** `answer`: headers that go out with the answer; of several calls in one request the one with least left speaks. */
export function meterOf(limiter: RateLimiter, peer: string, answer: Headers): Meter {
  let least: Allowance | undefined
  return {
    callerOf: (viewer) => callerOf(viewer, peer),
    async take(viewer, cost) {
      const allowance = await limiter.take(callerOf(viewer, peer), cost)
      if (allowance === undefined) return
      if (least === undefined || shareLeft(allowance) <= shareLeft(least)) {
        least = allowance
        writeHeaders(answer, allowance)
      }
      if (allowance.isAllowed) return
      const { budget, resetSeconds } = allowance
      throw refuse(
        'rate-limited',
        `More than ${budget} calls of this kind in a minute. Wait for ${resetSeconds} seconds.`,
      )
    },
  }
}

/** Whose budget it is: the token's, the session's owner's, or the address's. */
function callerOf(viewer: Viewer, peer: string): string {
  if (viewer.kind === 'visitor') return `address:${peer}`
  if (viewer.tokenId !== undefined) return `token:${viewer.tokenId}`
  return viewer.kind === 'miner' ? `miner:${viewer.minerId}` : `operator:${viewer.operatorId}`
}

const shareLeft = ({ left, budget, isAllowed }: Allowance): number => (isAllowed ? left / budget : -1)

/** draft-ietf-httpapi-ratelimit-headers-10, and `Retry-After` of RFC 9110, 10.2.3. */
function writeHeaders(headers: Headers, { cost, budget, left, resetSeconds, isAllowed }: Allowance): void {
  headers.set('ratelimit-policy', `"${cost}";q=${budget};w=${WINDOW_MS / 1_000}`)
  headers.set('ratelimit', `"${cost}";r=${left};t=${resetSeconds}`)
  if (!isAllowed) headers.set('retry-after', String(resetSeconds))
}
