import { z } from 'zod'
import { specifyAction } from '../../operators/specify-action'
import { asked } from './ask-wallet'

export const reconcileSchema = specifyAction({
  action: 'payouts.reconcile',
  summary: 'Hold the wallet against the books and the payouts',
  description: 'All that has ever left the wallet is looked at; nothing is changed.',
  rest: { method: 'POST', path: '/console/payouts/reconcile' },
  input: z.object({}),
  output: asked,
  errors: ['conflict'],
  subject: () => 'payouts',
})
