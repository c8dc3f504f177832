import { specify } from '../../api/specify'
import { alertOverview } from '../../schema/alert'
import { nothing } from '../input'

export const overviewSchema = specify({
  summary: 'Channels, rules and quiet hours',
  rest: { method: 'GET', path: '/account/alerts' },
  access: 'own:read',
  cost: 'read',
  input: nothing,
  output: alertOverview,
})
