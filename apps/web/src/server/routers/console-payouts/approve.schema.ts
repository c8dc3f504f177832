import { z } from 'zod'
import { specifyAction } from '../../operators/specify-action'
import { onePayout, subjectOf } from './input'

export const approveSchema = specifyAction({
  action: 'payouts.approve',
  summary: 'Agree to a payout',
  description: 'It is above the amount that needs somebody who agrees, and is made with the next run.',
  rest: { method: 'POST', path: '/console/payouts/{id}/approve' },
  input: onePayout,
  output: z.null(),
  absent: 'It is done: there is nothing to say of it.',
  subject: subjectOf,
})
