import { z } from 'zod'
import { specify } from '../../api/specify'
import { reading } from '../../schema/live'
import { programReport } from '../../schema/system'
import { count, listOf, maybe, timeMs } from '../../schema/values'
import { nothing } from '../input'

const alarm = z.object({
  name: z.string(),
  subject: z.string().describe('What it is true of; empty for the whole.'),
  message: z.string(),
  sinceMs: timeMs,
})

export const processesSchema = specify({
  summary: 'The processes of the pool, and the alarms in force',
  description:
    'Every process that told of itself in the last ten minutes. One that ended in order is not among them; one that ' +
    'was killed is, and silent.',
  rest: { method: 'GET', path: '/console/processes' },
  access: 'operator:read',
  cost: 'read',
  input: nothing,
  output: z.object({
    nowMs: timeMs,
    programs: reading(
      listOf(
        programReport.extend({
          isSilent: z.boolean().describe('It should have told of itself since.'),
          connections: maybe(count).describe('Of a stratum process.'),
          workers: maybe(count).describe('Of a stratum process: authorized ones.'),
        }),
      ),
    ),
    alarms: listOf(alarm).describe('What tasks have found wrong and is still so, the oldest first.'),
  }),
})
