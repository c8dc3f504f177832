import { specifyAction } from '../../operators/specify-action'
import { channelCode, done } from '../../schema/alert'

export const verifyChannelSchema = specifyAction({
  action: 'alerts.verify-channel',
  subject: ({ id }) => `channel ${id}`,
  recorded: ({ id }) => ({ id }),
  summary: 'Enter the code that a channel was sent, as operators',
  rest: { method: 'POST', path: '/console/alerts/channels/{id}/verify' },
  input: channelCode,
  output: done,
  errors: ['not-found', 'conflict'],
})
