import { z } from 'zod'
import { specify } from '../../api/specify'
import { reading } from '../../schema/live'
import { count, listOf, timeMs } from '../../schema/values'
import { nothing } from '../input'

export const listSchema = specify({
  summary: 'Network addresses that are not let in',
  description: 'The first to end first. Bans are of network addresses, never of payout addresses.',
  rest: { method: 'GET', path: '/console/bans' },
  access: 'operator:read',
  cost: 'read',
  input: nothing,
  output: z.object({
    nowMs: timeMs,
    bans: reading(
      listOf(
        z.object({
          address: z.string().describe('IPv4 address, or the /64 of an IPv6 address.'),
          reason: z.string(),
          sinceMs: timeMs,
          untilMs: timeMs,
          offences: count.describe('Bans in a row: each is twice as long as the one before.'),
          by: z.string().describe('A stratum process, the command, or an operator.'),
        }),
      ),
    ),
  }),
})
