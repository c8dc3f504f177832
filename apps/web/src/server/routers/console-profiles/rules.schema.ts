import { z } from 'zod'
import { specify } from '../../api/specify'
import { profileRule } from '../../schema/system'
import { count, listOf, maybe, timeMs } from '../../schema/values'
import { taken } from '../console-settings/taken'
import { nothing } from '../input'

export const rulesSchema = specify({
  summary: 'Rules of operators: which clients get which profile',
  description:
    'In the order in which they are tried: the one with most text first. They come before the patterns of all profiles.',
  rest: { method: 'GET', path: '/console/profiles/rules' },
  access: 'operator:read',
  cost: 'read',
  input: nothing,
  output: z.object({
    rules: listOf(
      profileRule.extend({
        changedAtMs: timeMs,
        changedBy: z.string(),
        passedOverBy: maybe(count).describe(
          'Stratum processes that do not know the profile; absent while none reports.',
        ),
      }),
    ),
    maxRules: count.describe('How many there may be.'),
    processes: taken,
  }),
})
