import { specify } from '../../api/specify'
import { channelId, done } from '../../schema/alert'

export const removeChannelSchema = specify({
  summary: 'Remove a channel, as operators',
  description: 'Where it led to is forgotten.',
  rest: { method: 'DELETE', path: '/console/alerts/channels/{id}' },
  access: 'operator:write',
  cost: 'write',
  input: channelId,
  output: done,
  errors: ['not-found'],
})
