import { z } from 'zod'
import { specifyAction } from '../../operators/specify-action'
import { onePayout, subjectOf } from './input'

export const exportSchema = specifyAction({
  action: 'payouts.export',
  summary: 'The PSBT of a payout that waits for a signature',
  description: 'Whoever has it and the keys can make the payment, at any time from then on.',
  rest: { method: 'POST', path: '/console/payouts/{id}/export' },
  input: onePayout,
  output: z.object({
    version: z.number().describe('Of the payout; a higher fee makes another.'),
    psbt: z.string().describe('Unsigned, base64 (BIP 174).'),
  }),
  errors: ['not-found', 'conflict'],
  subject: subjectOf,
})
