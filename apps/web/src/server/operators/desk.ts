import type { Database } from '@headframe/db/database'
import type { ConsoleKey } from './console-key'

/** What signing in works with. */
export interface Desk {
  readonly database: Pick<Database, 'pool'>
  readonly nowMs: () => number
  readonly consoleKey: ConsoleKey
}

/** Done, or why not, in words for whoever asked. */
export type Answer<T = object> = ({ readonly ok: true } & T) | Refusal

export interface Refusal {
  readonly ok: false
  readonly problem: string
}

export const refuse = (problem: string): Refusal => ({ ok: false, problem })
