import { z } from 'zod'
import { specify } from '../../api/specify'
import { workerSettings } from '../../schema/account'
import { listOf } from '../../schema/values'
import { nothing, workerName } from '../input'

/** Nothing but spaces is nothing. */
const text = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .nullable()
    .transform((given) => (given === '' ? null : given))

export const workersSchema = specify({
  summary: 'What is noted of the workers of the address that asks',
  rest: { method: 'GET', path: '/account/workers' },
  access: 'own:read',
  cost: 'read',
  input: nothing,
  output: z.object({ workers: listOf(workerSettings), isCut: z.boolean() }),
})

export const setWorkerSchema = specify({
  summary: 'Note something of a worker',
  description: 'For himself alone: nobody else sees it. A hidden worker comes back with its next share.',
  rest: { method: 'PUT', path: '/account/worker' },
  access: 'own:write',
  cost: 'write',
  input: z.object({
    name: workerName,
    label: text(60).describe('What to call it; null: its name.'),
    notes: text(1_000),
    isHidden: z.boolean(),
  }),
  output: z.object({ name: z.string() }),
})
