import { specify } from '../../api/specify'
import { channelId, done } from '../../schema/alert'

export const sendTestSchema = specify({
  summary: 'Have a test message sent, as operators',
  rest: { method: 'POST', path: '/console/alerts/channels/{id}/test' },
  access: 'operator:write',
  cost: 'proof',
  input: channelId,
  output: done,
  errors: ['not-found', 'conflict'],
})
