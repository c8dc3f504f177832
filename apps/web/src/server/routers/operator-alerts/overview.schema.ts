import { specify } from '../../api/specify'
import { alertOverview } from '../../schema/alert'
import { nothing } from '../input'

export const overviewSchema = specify({
  summary: 'Channels, rules and quiet hours, as operators',
  rest: { method: 'GET', path: '/console/alerts' },
  access: 'operator:read',
  cost: 'read',
  input: nothing,
  output: alertOverview,
})
