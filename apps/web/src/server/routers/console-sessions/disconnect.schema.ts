import { z } from 'zod'
import { specifyAction } from '../../operators/specify-action'
import { done } from '../console-payouts/input'

export const disconnectSchema = specifyAction({
  action: 'sessions.disconnect',
  summary: 'Disconnect a Stratum session',
  description:
    'Its connection ends; nothing keeps the miner from coming back, and shares that were accepted stay so.',
  rest: { method: 'POST', path: '/console/sessions/{connection}/disconnect' },
  input: z.object({
    connection: z
      .string()
      .regex(/^[\w-]{1,200}$/, { error: 'A connection has a name of letters, digits and dashes.' })
      .describe('Its name, as the list of sessions has it.'),
  }),
  output: done,
  errors: ['not-found', 'engine-away'],
  subject: ({ connection }) => `session ${connection}`,
})
