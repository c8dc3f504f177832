import { specify } from '../../api/specify'
import { deliveryId, done } from '../../schema/alert'

export const replaySchema = specify({
  summary: 'Send a message again',
  description: 'Under the same id.',
  rest: { method: 'POST', path: '/account/alerts/deliveries/{id}/replay' },
  access: 'own:write',
  cost: 'write',
  input: deliveryId,
  output: done,
  errors: ['not-found'],
})
