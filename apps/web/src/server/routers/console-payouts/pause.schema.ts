import { z } from 'zod'
import { specifyAction } from '../../operators/specify-action'
import { done } from './input'

export const pauseSchema = specifyAction({
  action: 'payouts.pause',
  summary: 'Pause payouts',
  description: 'Nothing leaves the pool from now on; what is out is followed.',
  rest: { method: 'POST', path: '/console/payouts/pause' },
  input: z.object({
    reason: z
      .string()
      .trim()
      .min(3)
      .max(300)
      .describe('Why; everybody who looks at the status page reads it.'),
  }),
  output: done,
  subject: () => 'payouts',
})
