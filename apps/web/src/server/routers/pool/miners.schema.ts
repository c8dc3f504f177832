import { z } from 'zod'
import { specify } from '../../api/specify'
import { hashrate } from '../../schema/hashrate'
import { big, listOf, maybe, timeMs } from '../../schema/values'
import { nothing } from '../input'

export const minersSchema = specify({
  summary: 'The miners with the most work in the last hour',
  description: 'At most a hundred, the one with the most work first; `isCut` tells whether there are more.',
  rest: { method: 'GET', path: '/pool/miners' },
  access: 'anybody',
  cost: 'read',
  input: nothing,
  output: z.object({
    miners: listOf(
      z.object({
        address: z.string(),
        lastShareAtMs: maybe(timeMs),
        work: big.describe('Expected hashes.'),
        hashrate,
      }),
    ),
    isCut: z.boolean(),
  }),
})
