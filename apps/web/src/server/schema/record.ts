import { z } from 'zod'
import { maybe, timeMs } from './values'

/** How far the pool's record of accepted work reaches; every hashrate ends there. */
export const record = z
  .object({
    state: z.enum(['empty', 'current', 'journal-behind', 'rollups-behind']),
    untilMs: timeMs.describe('Work up to here is known.'),
    nowMs: timeMs,
    firstShareAtMs: maybe(timeMs),
  })
  .meta({
    id: 'Record',
    description: 'How far the record of accepted work reaches: every hashrate ends there.',
  })
