import { specifyAction } from '../../operators/specify-action'
import { channelId, done } from '../../schema/alert'

export const sendCodeSchema = specifyAction({
  action: 'alerts.send-code',
  subject: ({ id }) => `channel ${id}`,
  summary: 'Have a code sent to a channel, as operators',
  rest: { method: 'POST', path: '/console/alerts/channels/{id}/code' },
  input: channelId,
  output: done,
  errors: ['not-found'],
})
