import { specifyAction } from '../../operators/specify-action'
import { addedChannel, newChannel } from '../../schema/alert'

export const addChannelSchema = specifyAction({
  action: 'alerts.add-channel',
  subject: ({ name }) => `channel "${name}"`,
  recorded: ({ name, minLevel, target }) => ({ name, minLevel, kind: target.kind }),
  summary: 'Add a channel, as operators',
  description: 'A code is sent there within seconds; nothing else is before it was entered.',
  rest: { method: 'POST', path: '/console/alerts/channels' },
  input: newChannel,
  output: addedChannel,
  errors: ['limit-reached', 'not-started', 'conflict'],
})
