import { z } from 'zod'
import { specify } from '../../api/specify'
import { count, listOf, maybe, timeMs } from '../../schema/values'
import { nothing } from '../input'
import { settingName } from './input'
import { taken } from './taken'

const setting = z.object({
  name: settingName,
  title: z.string(),
  about: z.string().describe('What follows from it.'),
  form: z.discriminatedUnion('kind', [
    z.object({ kind: z.enum(['integer', 'number']), min: z.number(), max: z.number() }),
    z.object({ kind: z.literal('text'), maxLength: count }),
  ]),
  environment: maybe(z.string()).describe('What holds without a change; absent: nothing, or not known.'),
  value: maybe(z.string()).describe('What was set in its place; absent: nothing.'),
  changedAtMs: maybe(timeMs).describe('Of the last change, also of one back to the environment.'),
  changedBy: maybe(z.string()),
})

export const listSchema = specify({
  summary: 'Settings, and those that may change at run time',
  description: 'Passwords are left out.',
  rest: { method: 'GET', path: '/console/settings' },
  access: 'operator:read',
  cost: 'read',
  input: nothing,
  output: z.object({
    settings: listOf(setting).describe('Those that may change at run time.'),
    processes: taken,
    programs: listOf(
      z.object({
        program: z.string(),
        host: z.string(),
        startedAtMs: timeMs,
        lines: listOf(z.object({ name: z.string(), value: maybe(z.string()), isDefault: z.boolean() })),
      }),
    ).describe('What each program was started with; a change of these takes a restart.'),
  }),
})
