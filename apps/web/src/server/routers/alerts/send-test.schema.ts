import { specify } from '../../api/specify'
import { channelId, done } from '../../schema/alert'

export const sendTestSchema = specify({
  summary: 'Have a test message sent',
  rest: { method: 'POST', path: '/account/alerts/channels/{id}/test' },
  access: 'own:write',
  cost: 'proof',
  input: channelId,
  output: done,
  errors: ['not-found', 'conflict'],
})
