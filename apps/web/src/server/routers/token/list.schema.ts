import { specify } from '../../api/specify'
import { tokenList } from '../../schema/token'
import { nothing } from '../input'

export const listSchema = specify({
  summary: 'Your tokens',
  description: 'The newest first, those that have expired too.',
  rest: { method: 'GET', path: '/account/tokens' },
  access: 'own:read',
  cost: 'read',
  input: nothing,
  output: tokenList,
})
