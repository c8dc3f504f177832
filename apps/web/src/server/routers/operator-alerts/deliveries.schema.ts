import { specify } from '../../api/specify'
import { deliveries as deliveryList, deliveryPage } from '../../schema/alert'

export const deliveriesSchema = specify({
  summary: 'What was delivered, and what was not, as operators',
  description: 'The newest first.',
  rest: { method: 'GET', path: '/console/alerts/deliveries' },
  access: 'operator:read',
  cost: 'read',
  input: deliveryPage,
  output: deliveryList,
})
