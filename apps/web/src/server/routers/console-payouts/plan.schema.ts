import { z } from 'zod'
import { specifyAction } from '../../operators/specify-action'

export const planSchema = specifyAction({
  action: 'payouts.plan',
  summary: 'Plan payouts now',
  description: 'With the next run, whenever it was done last.',
  rest: { method: 'POST', path: '/console/payouts/plan' },
  input: z.object({}),
  output: z.null(),
  absent: 'It is done: there is nothing to say of it.',
  subject: () => 'payouts',
})
