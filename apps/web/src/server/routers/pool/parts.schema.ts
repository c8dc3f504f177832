import { PART_STATES, PARTS } from '@headframe/core/status/part'
import { z } from 'zod'
import { specify } from '../../api/specify'
import { listOf, maybe, timeMs } from '../../schema/values'
import { nothing } from '../input'

const part = z.enum(PARTS)
const duration = z.number()

const day = z.object({
  dayMs: timeMs.describe('When the UTC day begins.'),
  wellMs: duration,
  degradedMs: duration,
  downMs: duration,
  unknownMs: duration.describe('Nobody looked, or nobody could tell.'),
})

const incident = z
  .object({
    part,
    kind: z.enum(['degraded', 'down', 'unknown']),
    text: z.string().describe('What went wrong, for a person.'),
    openedAtMs: timeMs,
    closedAtMs: maybe(timeMs).describe('Absent while it lasts.'),
    ended: maybe(z.string()).describe('How it ended.'),
  })
  .meta({ id: 'Incident', description: 'What went wrong with a part of the pool, and how it ended.' })

export const partsSchema = specify({
  summary: 'Each part of the pool: its state, since when, and its last 90 days',
  description:
    'What settle found when it looked last. While it does not look, nothing is known: every part is `unknown` then, ' +
    'and so is the time in each day in which nobody looked.',
  rest: { method: 'GET', path: '/pool/parts' },
  access: 'anybody',
  cost: 'expensive',
  input: nothing,
  output: z.object({
    nowMs: timeMs,
    isWatched: z.boolean().describe('Whether somebody looks now.'),
    lookedAtMs: maybe(timeMs).describe('When somebody looked last; absent when nobody ever has.'),
    parts: listOf(
      z.object({
        part,
        state: z.enum(PART_STATES),
        text: z.string().describe('What is wrong, for a person; empty when all is well.'),
        sinceMs: timeMs.describe('When this state began, as far as anybody looked.'),
        uptime: maybe(z.number()).describe(
          'The share of the time in which its state was known that it was not down, from 0 to 1.',
        ),
        days: listOf(day).describe('The last 90, the oldest first; of today, what has passed.'),
      }),
    ).describe('Those that this pool has.'),
    incidents: listOf(incident).describe('Of the last 90 days, the newest first.'),
    isCut: z.boolean().describe('Whether there were more incidents than are listed.'),
  }),
})
