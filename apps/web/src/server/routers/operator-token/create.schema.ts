import { z } from 'zod'
import { specify } from '../../api/specify'
import { madeToken, scopesOf, tokenWish } from '../../schema/token'

export const createSchema = specify({
  summary: 'Make a token as an operator',
  description: 'With no more than you have yourself. Only from a session: a token cannot make another.',
  rest: { method: 'POST', path: '/console/tokens' },
  access: 'operator:read',
  cost: 'write',
  input: z.object({ ...tokenWish, scopes: scopesOf('operator') }),
  output: madeToken,
  errors: ['session-needed', 'limit-reached'],
})
