import { specify } from '../../api/specify'
import { channelId, done } from '../../schema/alert'

export const sendCodeSchema = specify({
  summary: 'Have a code sent to a channel',
  rest: { method: 'POST', path: '/account/alerts/channels/{id}/code' },
  access: 'own:write',
  cost: 'proof',
  input: channelId,
  output: done,
  errors: ['not-found'],
})
