import { z } from 'zod'
import { specifyAction } from '../../operators/specify-action'
import { nothing } from '../input'

const sessionId = z.coerce.number().int().positive().max(2_147_483_647)

export const endSessionSchema = specifyAction({
  action: 'account.end-session',
  subject: ({ id }) => `session ${id}`,
  summary: 'Sign one of your browsers out of the console',
  rest: { method: 'DELETE', path: '/console/account/sessions/{id}' },
  access: 'operator:read',
  input: z.object({ id: sessionId }),
  output: z.object({ id: z.number() }),
  errors: ['session-needed', 'not-found'],
})

export const endOtherSessionsSchema = specifyAction({
  action: 'account.end-other-sessions',
  subject: () => 'other sessions',
  summary: 'Sign all your other browsers out of the console',
  rest: { method: 'DELETE', path: '/console/account/sessions' },
  access: 'operator:read',
  input: nothing,
  output: z.object({}),
  errors: ['session-needed'],
})
