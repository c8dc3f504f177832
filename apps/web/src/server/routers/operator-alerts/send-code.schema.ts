import { specify } from '../../api/specify'
import { channelId, done } from '../../schema/alert'

export const sendCodeSchema = specify({
  summary: 'Have a code sent to a channel, as operators',
  rest: { method: 'POST', path: '/console/alerts/channels/{id}/code' },
  access: 'operator:write',
  cost: 'proof',
  input: channelId,
  output: done,
  errors: ['not-found'],
})
