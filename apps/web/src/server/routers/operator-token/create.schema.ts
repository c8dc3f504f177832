import { z } from 'zod'
import { specifyAction } from '../../operators/specify-action'
import { madeToken, scopesOf, tokenWish } from '../../schema/token'

export const createSchema = specifyAction({
  action: 'tokens.create',
  subject: ({ name }) => `token "${name}"`,
  summary: 'Make a token as an operator',
  description: 'With no more than you have yourself. Only from a session: a token cannot make another.',
  rest: { method: 'POST', path: '/console/tokens' },
  access: 'operator:read',
  input: z.object({ ...tokenWish, scopes: scopesOf('operator') }),
  output: madeToken,
  errors: ['session-needed', 'limit-reached'],
})
