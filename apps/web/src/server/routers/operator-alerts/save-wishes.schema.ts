import { specify } from '../../api/specify'
import { done, wishes } from '../../schema/alert'

export const saveWishesSchema = specify({
  summary: 'Choose when to be told, as operators',
  rest: { method: 'PUT', path: '/console/alerts/wishes' },
  access: 'operator:write',
  cost: 'write',
  input: wishes,
  output: done,
})
