import { z } from 'zod'
import { specifyAction } from '../../operators/specify-action'
import { onePayout, subjectOf } from './input'

export const bumpSchema = specifyAction({
  action: 'payouts.bump',
  summary: 'Want a higher fee for a payout',
  description: 'One that waits for a block: the next run makes another version of it.',
  rest: { method: 'POST', path: '/console/payouts/{id}/bump' },
  input: onePayout,
  output: z.null(),
  absent: 'It is done: there is nothing to say of it.',
  subject: subjectOf,
})
