import type { z } from 'zod'
import type { Spec } from '../api/specify'
import type { OperatorScope } from '../viewer'
import { ACTIONS, type ActionName } from './roles'

/** What there is to say of a procedure that changes something on the console. */
export interface ActionSpec<
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
> extends Spec<Input, Output, OperatorScope> {
  readonly action: ActionName
  /** What it is done to, as the audit log has it: `payout 7`. */
  readonly subject: (input: z.output<Input>) => string
  /** Of the input, what the audit log keeps; all of it unless this says otherwise. */
  readonly recorded?: (input: z.output<Input>) => unknown
}

/** Writes the spec of an action; who may do it is in `roles.ts`. */
export function specifyAction<Input extends z.ZodType, Output extends z.ZodType>(
  spec: Omit<ActionSpec<Input, Output>, 'access' | 'cost'> & { readonly access?: OperatorScope },
): ActionSpec<Input, Output> {
  const { roles, isDangerous } = ACTIONS[spec.action]
  const who = `For the roles ${roles.join(', ')}; recorded in the audit log as ${spec.action}.`
  const fresh = isDangerous ? ' Only on the console, with a second factor shown minutes ago.' : ''
  const description = [spec.description, who + fresh].filter((text) => text !== undefined).join(' ')
  const errors = [...(spec.errors ?? []), 'not-allowed', ...(isDangerous ? FRESH : [])] as const
  return { ...spec, description, errors, access: spec.access ?? 'operator:write', cost: 'write' }
}

const FRESH = ['second-factor-needed'] as const
