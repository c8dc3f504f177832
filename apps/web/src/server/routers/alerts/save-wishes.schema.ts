import { specify } from '../../api/specify'
import { done, wishes } from '../../schema/alert'

export const saveWishesSchema = specify({
  summary: 'Choose when to be told',
  rest: { method: 'PUT', path: '/account/alerts/wishes' },
  access: 'own:write',
  cost: 'write',
  input: wishes,
  output: done,
})
