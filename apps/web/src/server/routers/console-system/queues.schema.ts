import { z } from 'zod'
import { specify } from '../../api/specify'
import { reading } from '../../schema/live'
import { taskReport } from '../../schema/system'
import { listOf, timeMs } from '../../schema/values'
import { nothing } from '../input'

export const queuesSchema = specify({
  summary: 'The tasks of settle and its queues',
  description: 'As settle told of them last; when it is silent since, nothing runs.',
  rest: { method: 'GET', path: '/console/queues' },
  access: 'operator:read',
  cost: 'read',
  input: nothing,
  output: reading(
    z.object({
      atMs: timeMs.describe('When settle told of them.'),
      isSilent: z.boolean().describe('It should have told of them since.'),
      tasks: listOf(taskReport),
    }),
  ),
})
