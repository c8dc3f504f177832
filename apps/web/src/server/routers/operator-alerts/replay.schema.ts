import { specifyAction } from '../../operators/specify-action'
import { deliveryId, done } from '../../schema/alert'

export const replaySchema = specifyAction({
  action: 'alerts.replay',
  subject: ({ id }) => `delivery ${id}`,
  summary: 'Send a message again, as operators',
  description: 'Under the same id.',
  rest: { method: 'POST', path: '/console/alerts/deliveries/{id}/replay' },
  input: deliveryId,
  output: done,
  errors: ['not-found'],
})
