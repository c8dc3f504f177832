import { specifyAction } from '../../operators/specify-action'
import { channelId, done } from '../../schema/alert'

export const sendTestSchema = specifyAction({
  action: 'alerts.send-test',
  subject: ({ id }) => `channel ${id}`,
  summary: 'Have a test message sent, as operators',
  rest: { method: 'POST', path: '/console/alerts/channels/{id}/test' },
  input: channelId,
  output: done,
  errors: ['not-found', 'conflict'],
})
