import { z } from 'zod'
import { maybe, timeMs } from './values'

export const payoutState = z.enum([
  'planned',
  'funded',
  'signed',
  'broadcast',
  'confirmed',
  'settled',
  'cancelled',
])

export const payoutProblem = z
  .object({ problem: z.string(), detail: z.string(), sinceMs: timeMs })
  .meta({ id: 'PayoutProblem', description: 'Why payouts do not go on.' })

export const payoutPause = z.object({ by: z.string(), reason: z.string(), sinceMs: timeMs })

/** Number of a batch of payouts, as a cursor. */
export const nextPayout = maybe(z.string())
