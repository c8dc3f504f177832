import { specifyAction } from '../../operators/specify-action'
import { channelChange, done } from '../../schema/alert'

export const changeChannelSchema = specifyAction({
  action: 'alerts.change-channel',
  subject: ({ id }) => `channel ${id}`,
  summary: 'Change a channel, as operators',
  description: 'What it is called, and what is sent there. Where it leads to stays.',
  rest: { method: 'PATCH', path: '/console/alerts/channels/{id}' },
  input: channelChange,
  output: done,
  errors: ['not-found'],
})
