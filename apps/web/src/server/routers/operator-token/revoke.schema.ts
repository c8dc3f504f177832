import { specify } from '../../api/specify'
import { revoked, tokenId } from '../../schema/token'

export const revokeSchema = specify({
  summary: 'Revoke a token as an operator',
  description: 'It opens nothing from then on. A token can revoke itself and no other.',
  rest: { method: 'DELETE', path: '/console/tokens/{id}' },
  access: 'operator:read',
  cost: 'write',
  input: tokenId,
  output: revoked,
  errors: ['session-needed', 'not-found'],
})
