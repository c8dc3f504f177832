import { specify } from '../../api/specify'
import { deliveryId, done } from '../../schema/alert'

export const replaySchema = specify({
  summary: 'Send a message again, as operators',
  description: 'Under the same id.',
  rest: { method: 'POST', path: '/console/alerts/deliveries/{id}/replay' },
  access: 'operator:write',
  cost: 'write',
  input: deliveryId,
  output: done,
  errors: ['not-found'],
})
