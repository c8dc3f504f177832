import { compareRules, ruleFor } from '@headframe/core/stratum/profile-rule'
import { matchesPattern } from '@headframe/core/stratum/user-agent-pattern'

interface Seen {
  readonly userAgent: string
  readonly sessions: number
}

export interface Caught<Client extends Seen> {
  /** That the rule would have, in the order given. */
  readonly clients: readonly Client[]
  readonly sessions: number
  /** Sessions that fit it, and go by another rule, which says more of them. */
  readonly takenSessions: number
}

/** Of the clients that are here, those that a rule of `pattern` would catch beside the other rules in force. */
export function caughtBy<Client extends Seen>(
  pattern: string,
  patternsInForce: readonly string[],
  seen: readonly Client[],
): Caught<Client> {
  const rules = [...new Set([...patternsInForce, pattern])]
    .map((each) => ({ pattern: each }))
    .sort(compareRules)
  const fitting = seen.filter(({ userAgent }) => matchesPattern(pattern, userAgent))
  const clients = fitting.filter(({ userAgent }) => ruleFor(rules, userAgent)?.pattern === pattern)
  const sessions = sessionsOf(clients)
  return { clients, sessions, takenSessions: sessionsOf(fitting) - sessions }
}

const sessionsOf = (clients: readonly Seen[]): number =>
  clients.reduce((sum, { sessions }) => sum + sessions, 0)
