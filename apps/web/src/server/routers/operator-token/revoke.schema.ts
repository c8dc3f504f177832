import { specifyAction } from '../../operators/specify-action'
import { revoked, tokenId } from '../../schema/token'

export const revokeSchema = specifyAction({
  action: 'tokens.revoke',
  subject: ({ id }) => `token ${id}`,
  summary: 'Revoke a token as an operator',
  description: 'It opens nothing from then on. A token can revoke itself and no other.',
  rest: { method: 'DELETE', path: '/console/tokens/{id}' },
  access: 'operator:read',
  input: tokenId,
  output: revoked,
  errors: ['session-needed', 'not-found'],
})
