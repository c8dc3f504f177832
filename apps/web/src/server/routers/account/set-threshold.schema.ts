import { z } from 'zod'
import { specify } from '../../api/specify'
import { maybe, sats } from '../../schema/values'

export const setThresholdSchema = specify({
  summary: 'From which amount on to be paid',
  rest: { method: 'PUT', path: '/account/threshold' },
  access: 'own:write',
  cost: 'write',
  input: z.object({
    thresholdSats: z
      .string()
      .regex(/^\d{1,16}$/, { error: 'Takes a whole number of satoshis.' })
      .nullable()
      .describe('Satoshis, as digits; null: what the pool says.'),
  }),
  output: z.object({ thresholdSats: maybe(sats) }),
})
