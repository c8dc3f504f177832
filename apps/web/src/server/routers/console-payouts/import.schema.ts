import { MAX_PSBT_CHARS } from '@headframe/core/payout/request'
import { z } from 'zod'
import { specifyAction } from '../../operators/specify-action'
import { asked } from './ask-wallet'
import { payoutId, subjectOf } from './input'

export const importSchema = specifyAction({
  action: 'payouts.import',
  summary: 'Bring the signed PSBT of a payout',
  description:
    'Whoever has the wallet looks whether it is that payout, and whether its signatures are all there; it is sent with the next run.',
  rest: { method: 'POST', path: '/console/payouts/{id}/import' },
  input: z.object({
    id: payoutId,
    psbt: z.string().trim().min(1).max(MAX_PSBT_CHARS).describe('Signed, base64 (BIP 174).'),
  }),
  output: asked,
  errors: ['not-found', 'conflict'],
  subject: subjectOf,
  recorded: ({ id, psbt }) => ({ id, psbtChars: psbt.length }),
})
