import { specifyAction } from '../../operators/specify-action'
import { done, onePayout, subjectOf } from './input'

export const approveSchema = specifyAction({
  action: 'payouts.approve',
  summary: 'Agree to a payout',
  description: 'It is above the amount that needs somebody who agrees, and is made with the next run.',
  rest: { method: 'POST', path: '/console/payouts/{id}/approve' },
  input: onePayout,
  output: done,
  subject: subjectOf,
})
