import { specify } from '../../api/specify'
import { channelCode, done } from '../../schema/alert'

export const verifyChannelSchema = specify({
  summary: 'Enter the code that a channel was sent',
  rest: { method: 'POST', path: '/account/alerts/channels/{id}/verify' },
  access: 'own:write',
  cost: 'proof',
  input: channelCode,
  output: done,
  errors: ['not-found', 'conflict'],
})
