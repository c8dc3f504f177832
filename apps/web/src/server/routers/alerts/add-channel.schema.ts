import { specify } from '../../api/specify'
import { addedChannel, newChannel } from '../../schema/alert'

export const addChannelSchema = specify({
  summary: 'Add a channel',
  description: 'A code is sent there within seconds; nothing else is before it was entered.',
  rest: { method: 'POST', path: '/account/alerts/channels' },
  access: 'own:write',
  cost: 'proof',
  input: newChannel,
  output: addedChannel,
  errors: ['limit-reached', 'not-started', 'conflict'],
})
