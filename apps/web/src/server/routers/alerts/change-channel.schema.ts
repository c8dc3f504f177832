import { specify } from '../../api/specify'
import { channelChange, done } from '../../schema/alert'

export const changeChannelSchema = specify({
  summary: 'Change a channel',
  description:
    'What you call it, and what is sent there. Where it leads to stays: for another target, add another.',
  rest: { method: 'PATCH', path: '/account/alerts/channels/{id}' },
  access: 'own:write',
  cost: 'write',
  input: channelChange,
  output: done,
  errors: ['not-found'],
})
