import { z } from 'zod'
import { specify } from '../../api/specify'

/** Longer than an address with the longest worker name. */
const MAX_TEXT = 500

export const findSchema = specify({
  summary: 'Where the page of something is',
  description: 'An address, `address.worker`, a block by height or hash, or a payout by its transaction.',
  rest: { method: 'GET', path: '/find' },
  access: 'anybody',
  cost: 'read',
  input: z.object({ text: z.string().max(MAX_TEXT).describe('What somebody has typed.') }),
  output: z.discriminatedUnion('kind', [
    z.object({ kind: z.enum(['miner', 'worker', 'block', 'payout']), path: z.string() }),
    z.object({ kind: z.literal('nothing'), message: z.string().describe('Why, in words.') }),
  ]),
  example: { text: '840000' },
})
