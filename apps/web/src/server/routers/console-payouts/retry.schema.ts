import { z } from 'zod'
import { specifyAction } from '../../operators/specify-action'
import { asked } from './ask-wallet'
import { payoutId } from './input'

export const retrySchema = specifyAction({
  action: 'payouts.retry',
  summary: 'Try payouts again at once',
  description: 'Instead of within seconds; the answer says how they stand then.',
  rest: { method: 'POST', path: '/console/payouts/retry' },
  input: z.object({ id: payoutId.optional().describe('What the answer is about; none: all of them.') }),
  output: asked,
  errors: ['not-found', 'conflict'],
  subject: ({ id }) => (id === undefined ? 'payouts' : `payout ${id}`),
})
