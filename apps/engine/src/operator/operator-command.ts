import {
  OPERATOR_ROLES,
  type Operator,
  type OperatorFactors,
  type OperatorRole,
} from '@headframe/db/operator/operator'
import { parseAuthored, type Authored } from '../authored-command.js'
import { textTable } from '../text-table.js'

export const USAGE = `Operators: who may sign in to the console. Times are UTC.

  operators                           all of them, and what each signs in with
  operators add NAME EMAIL --role R   a new one; prints a link by which he sets his password and second factor
  operators reset NAME                what he signed in with is void, and his sessions end; prints a new link
  operators role NAME R               what he may do from now on
  operators disable NAME              he signs in no more, and his sessions end
  operators enable NAME               he does again
  operators unlock NAME               his failed attempts to sign in are forgotten

  --role R                            ${OPERATOR_ROLES.join(', ')}; default: viewer
  --by NAME                           who says so; default: the user's name
`

export interface NameVerb {
  readonly kind: 'reset' | 'disable' | 'enable' | 'unlock'
  readonly name: string
}

/** What the arguments ask for. `problem` is for a person. */
export type OperatorCommand =
  | { readonly kind: 'list' }
  | { readonly kind: 'help' }
  | { readonly kind: 'add'; readonly name: string; readonly email: string; readonly role: OperatorRole }
  | NameVerb
  | { readonly kind: 'role'; readonly name: string; readonly role: OperatorRole }
  | { readonly kind: 'problem'; readonly problem: string }

/** Reads the arguments behind the program's name. */
export function parseOperatorCommand(args: readonly string[], userName: string): Authored<OperatorCommand> {
  return parseAuthored(args, userName, {
    usage: USAGE,
    options: { role: { type: 'string' } },
    commandOf: (positionals, { role }) => commandOf(positionals, role),
  })
}

function commandOf(positionals: readonly string[], role: string | undefined): OperatorCommand {
  const [verb = 'list', name, second] = positionals
  if (role !== undefined && verb !== 'add') throw new Error('--role is for add.')
  switch (verb) {
    case 'list':
    case 'help':
      if (positionals.length > 1) break
      return { kind: verb }
    case 'add':
      if (positionals.length !== 3) break
      return { kind: 'add', name: nameOf(name!), email: emailOf(second!), role: roleOf(role ?? 'viewer') }
    case 'reset':
    case 'disable':
    case 'enable':
    case 'unlock':
      if (positionals.length !== 2) break
      return { kind: verb, name: name! }
    case 'role':
      if (positionals.length !== 3) break
      return { kind: 'role', name: name!, role: roleOf(second!) }
  }
  throw new Error(`"${positionals.join(' ')}" is not understood.`)
}

function nameOf(text: string): string {
  if (/^[a-z][a-z0-9._-]{0,39}$/i.test(text)) return text.toLowerCase()
  throw new Error(`"${text}" is no name: it takes letters, digits, dots, dashes, and begins with a letter.`)
}

function emailOf(text: string): string {
  if (/^\S+@\S+$/.test(text) && text.length <= 254) return text.toLowerCase()
  throw new Error(`"${text}" is no e-mail address.`)
}

function roleOf(text: string): OperatorRole {
  const role = OPERATOR_ROLES.find((known) => known === text)
  if (role === undefined) throw new Error(`"${text}" is no role: ${OPERATOR_ROLES.join(', ')}.`)
  return role
}

/** In the order they come. */
export function formatOperators(operators: readonly (Operator & OperatorFactors)[]): string {
  if (operators.length === 0) return 'There are no operators yet: `operators add NAME EMAIL --role admin`.'
  const rows = operators.map((operator) => [
    operator.name,
    operator.email,
    operator.role,
    timeOf(operator.createdAtMs),
    standingOf(operator),
  ])
  return textTable(['NAME', 'EMAIL', 'ROLE', 'SINCE', 'SIGNS IN WITH'], rows)
}

function standingOf({
  disabledAtMs,
  passwordHash,
  totpSecret,
  passkeys,
}: Operator & OperatorFactors): string {
  if (disabledAtMs !== undefined) return `disabled since ${timeOf(disabledAtMs)}`
  if (passwordHash === undefined || (totpSecret === undefined && passkeys === 0))
    return 'has not followed his link yet'
  const factors = ['password', ...(totpSecret === undefined ? [] : ['one-time codes'])]
  if (passkeys > 0) factors.push(passkeys === 1 ? '1 passkey' : `${passkeys} passkeys`)
  return factors.join(', ')
}

export const timeOf = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`
