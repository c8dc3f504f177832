import { specify } from '../../api/specify'
import { channelId, done } from '../../schema/alert'

export const removeChannelSchema = specify({
  summary: 'Remove a channel',
  description: 'Where it led to is forgotten.',
  rest: { method: 'DELETE', path: '/account/alerts/channels/{id}' },
  access: 'own:write',
  cost: 'write',
  input: channelId,
  output: done,
  errors: ['not-found'],
})
