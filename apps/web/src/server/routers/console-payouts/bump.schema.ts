import { specifyAction } from '../../operators/specify-action'
import { done, onePayout, subjectOf } from './input'

export const bumpSchema = specifyAction({
  action: 'payouts.bump',
  summary: 'Want a higher fee for a payout',
  description: 'One that waits for a block: the next run makes another version of it.',
  rest: { method: 'POST', path: '/console/payouts/{id}/bump' },
  input: onePayout,
  output: done,
  subject: subjectOf,
})
