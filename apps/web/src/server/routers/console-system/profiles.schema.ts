import { z } from 'zod'
import { specify } from '../../api/specify'
import { reading } from '../../schema/live'
import { clientKind, clientProfile } from '../../schema/system'
import { count, listOf, maybe } from '../../schema/values'
import { nothing } from '../input'

export const profilesSchema = specify({
  summary: 'Client profiles: which clients are matched by which rule, and how many sessions have each',
  description:
    'In the order in which they are tried, the default last; rules of operators come before all of them. Profiles are ' +
    'changed by STRATUM_PROFILES_FILE, which each stratum process reads again whenever it changes.',
  rest: { method: 'GET', path: '/console/profiles' },
  access: 'operator:read',
  cost: 'read',
  input: nothing,
  output: reading(
    z.object({
      processes: count.describe('Stratum processes that report.'),
      hasFile: z.boolean().describe('Whether a file adds to those that are built in.'),
      problem: maybe(z.string()).describe('Why the file cannot be used; those before it are in force.'),
      isUniform: z.boolean().describe('Whether all processes have the same profiles and rules.'),
      profiles: listOf(
        clientProfile.extend({
          sessions: count.describe('That have it now.'),
          hits: count.describe('Clients that were given it since the processes began.'),
        }),
      ),
      clients: listOf(
        clientKind.extend({
          pattern: maybe(z.string()).describe('By which it is matched now; none: default.'),
          isRule: z.boolean().describe('Whether that is a rule of an operator.'),
          next: z.string().describe('Profile that it would be given if it subscribed now.'),
        }),
      ).describe('What clients call themselves, those with most sessions first.'),
      others: count.describe('Sessions of clients that are not listed.'),
    }),
  ),
})
