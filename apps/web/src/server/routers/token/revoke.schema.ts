import { specify } from '../../api/specify'
import { revoked, tokenId } from '../../schema/token'

export const revokeSchema = specify({
  summary: 'Revoke a token',
  description: 'It opens nothing from then on. A token can revoke itself and no other.',
  rest: { method: 'DELETE', path: '/account/tokens/{id}' },
  access: 'own:read',
  cost: 'write',
  input: tokenId,
  output: revoked,
  errors: ['session-needed', 'not-found'],
})
