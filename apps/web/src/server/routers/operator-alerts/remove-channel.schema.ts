import { specifyAction } from '../../operators/specify-action'
import { channelId, done } from '../../schema/alert'

export const removeChannelSchema = specifyAction({
  action: 'alerts.remove-channel',
  subject: ({ id }) => `channel ${id}`,
  summary: 'Remove a channel, as operators',
  description: 'Where it led to is forgotten.',
  rest: { method: 'DELETE', path: '/console/alerts/channels/{id}' },
  input: channelId,
  output: done,
  errors: ['not-found'],
})
