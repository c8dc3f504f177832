import { specify } from '../../api/specify'
import { channelCode, done } from '../../schema/alert'

export const verifyChannelSchema = specify({
  summary: 'Enter the code that a channel was sent, as operators',
  rest: { method: 'POST', path: '/console/alerts/channels/{id}/verify' },
  access: 'operator:write',
  cost: 'proof',
  input: channelCode,
  output: done,
  errors: ['not-found', 'conflict'],
})
