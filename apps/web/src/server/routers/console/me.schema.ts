import { OPERATOR_ROLES } from '@headframe/db/operator/operator'
import { z } from 'zod'
import { specify } from '../../api/specify'
import { listOf, maybe, timeMs } from '../../schema/values'

export const meSchema = specify({
  summary: 'Who you are on the console',
  rest: { method: 'GET', path: '/console/me' },
  access: 'operator:read',
  cost: 'read',
  input: z.void(),
  output: z.object({
    name: z.string(),
    role: z.enum(OPERATOR_ROLES),
    actions: listOf(z.string()).describe('What your role may do.'),
    freshUntilMs: maybe(timeMs).describe(
      'Until when dangerous actions take the second factor that you have shown last.',
    ),
  }),
})
