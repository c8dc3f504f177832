import { z } from 'zod'
import { specify } from '../../api/specify'
import { maybe, sats } from '../../schema/values'

export const approvalAboveSchema = specify({
  summary: 'Above which amount a payout needs approval now',
  rest: { method: 'GET', path: '/console/payouts/approval-above' },
  access: 'operator:read',
  cost: 'read',
  input: z.object({}),
  output: z.object({
    settingSats: maybe(sats).describe('PAYOUT_APPROVAL_ABOVE_SATS; absent: none needs it.'),
    operatorSats: maybe(sats).describe('What an operator has said besides.'),
    inForceSats: maybe(sats).describe('The lower of both.'),
  }),
})
