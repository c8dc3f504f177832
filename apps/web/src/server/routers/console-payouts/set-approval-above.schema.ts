import { z } from 'zod'
import { specifyAction } from '../../operators/specify-action'
import { done } from './input'

export const setApprovalAboveSchema = specifyAction({
  action: 'payouts.set-approval-above',
  summary: 'Above which amount a payout needs approval',
  description:
    'Of payouts that are planned from then on. What PAYOUT_APPROVAL_ABOVE_SATS says holds all the same: the lower of both counts.',
  rest: { method: 'PUT', path: '/console/payouts/approval-above' },
  input: z.object({
    aboveSats: z
      .string()
      .regex(/^\d{1,16}$/, { error: 'Takes a whole number of satoshis.' })
      .nullable()
      .describe('Satoshis, as digits; null: what the setting says alone.'),
  }),
  output: done,
  subject: () => 'payouts',
})
