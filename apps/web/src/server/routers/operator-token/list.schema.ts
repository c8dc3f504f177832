import { specify } from '../../api/specify'
import { tokenList } from '../../schema/token'
import { nothing } from '../input'

export const listSchema = specify({
  summary: 'Your tokens as an operator',
  description: 'The newest first, those that have expired too.',
  rest: { method: 'GET', path: '/console/tokens' },
  access: 'operator:read',
  cost: 'read',
  input: nothing,
  output: tokenList,
})
