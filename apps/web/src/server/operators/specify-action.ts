import type { z } from 'zod'
import type { Spec } from '../api/specify'
import { ACTIONS, type ActionName } from './roles'

/** What there is to say of a procedure that changes something on the console. */
export interface ActionSpec<
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
> extends Spec<Input, Output, 'operator:write'> {
  readonly action: ActionName
  /** What it is done to, as the audit log has it: `payout 7`. */
  readonly subject: (input: z.output<Input>) => string
  /** Of the input, what the audit log keeps; all of it unless this says otherwise. */
  readonly recorded?: (input: z.output<Input>) => unknown
}

/** Writes the spec of an action; who may do it is in `roles.ts`. */
export function specifyAction<Input extends z.ZodType, Output extends z.ZodType>(
  spec: Omit<ActionSpec<Input, Output>, 'access' | 'cost'>,
): ActionSpec<Input, Output> {
  const { roles, isDangerous } = ACTIONS[spec.action]
  const who = `For the roles ${roles.join(', ')}; recorded in the audit log as ${spec.action}.`
  const fresh = isDangerous ? ' Only on the console, with a second factor shown minutes ago.' : ''
  const description = [spec.description, who + fresh].filter((text) => text !== undefined).join(' ')
  return { ...spec, description, access: 'operator:write', cost: 'write' }
}
