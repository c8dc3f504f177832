import { z } from 'zod'
import { specifyAction } from '../../operators/specify-action'
import { done } from './input'

export const planSchema = specifyAction({
  action: 'payouts.plan',
  summary: 'Plan payouts now',
  description: 'With the next run, whenever it was done last.',
  rest: { method: 'POST', path: '/console/payouts/plan' },
  input: z.object({}),
  output: done,
  subject: () => 'payouts',
})
