import { z } from 'zod'
import { BEST_PERIODS } from '../../../measure/best-period'
import { specify } from '../../api/specify'
import { hash, listOf, timeMs } from '../../schema/values'

export const bestSharesSchema = specify({
  summary: 'The best shares of the pool',
  description: 'The best share of each miner of a UTC day, of seven, or ever; the best first, at most 25.',
  rest: { method: 'GET', path: '/pool/best-shares' },
  access: 'anybody',
  cost: 'read',
  input: z.object({ period: z.enum(BEST_PERIODS) }),
  output: z.object({
    shares: listOf(
      z.object({
        address: z.string(),
        difficulty: z.number().describe('Of the hash.'),
        hash,
        height: z.number().describe('Of the block that it would have been.'),
        networkDifficulty: z.number().describe('What it would have had to reach.'),
        acceptedAtMs: timeMs,
      }),
    ),
  }),
  example: { period: 'week' },
})
