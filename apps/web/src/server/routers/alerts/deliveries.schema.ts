import { specify } from '../../api/specify'
import { deliveries as deliveryList, deliveryPage } from '../../schema/alert'

export const deliveriesSchema = specify({
  summary: 'What was delivered, and what was not',
  description: 'The newest first.',
  rest: { method: 'GET', path: '/account/alerts/deliveries' },
  access: 'own:read',
  cost: 'read',
  input: deliveryPage,
  output: deliveryList,
})
