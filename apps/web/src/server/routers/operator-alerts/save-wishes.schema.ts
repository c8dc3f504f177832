import { specifyAction } from '../../operators/specify-action'
import { done, wishes } from '../../schema/alert'

export const saveWishesSchema = specifyAction({
  action: 'alerts.save-wishes',
  subject: () => 'alerts',
  summary: 'Choose when to be told, as operators',
  rest: { method: 'PUT', path: '/console/alerts/wishes' },
  input: wishes,
  output: done,
})
