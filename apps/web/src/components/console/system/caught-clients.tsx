import { formatCount } from '../../../format/count'
import { caughtBy } from '../../../measure/caught-clients'
import type { ProfilesState } from './system-state'

/** Kinds of clients that are named; the rest is counted. */
const MAX_NAMED = 6

interface CaughtClientsProps {
  readonly pattern: string
  /** Of the rules in force. */
  readonly patterns: readonly string[]
  readonly report: ProfilesState
}

/** Who of those that are here a rule would have, told before anybody agrees to it. */
export function CaughtClients({ pattern, patterns, report: { clients: seen, others } }: CaughtClientsProps) {
  const { clients, sessions, takenSessions } = caughtBy(pattern, patterns, seen)
  const more = clients.length - MAX_NAMED
  return (
    <div className="text-quiet min-w-0 text-sm" role="status">
      {clients.length === 0 ? (
        <p>No client that is here now would go by it.</p>
      ) : (
        <>
          <p>Of the clients that are here, {sessionsText(sessions)} would go by it:</p>
          <ul className="mt-1 grid gap-0.5">
            {clients.slice(0, MAX_NAMED).map(({ userAgent, profile, sessions: count }) => (
              <li key={`${profile} ${userAgent}`}>
                <span className="text-ink font-mono text-[0.8125rem] wrap-anywhere">{userAgent}</span>,{' '}
                {sessionsText(count)}, now {profile}
              </li>
            ))}
          </ul>
          {more > 0 && <p>and {formatCount(more)} kinds more.</p>}
        </>
      )}
      {takenSessions > 0 && (
        <p>{sessionsText(takenSessions)} fit it, too, but go by a rule that says more of them.</p>
      )}
      {others > 0 && <p>{sessionsText(others)} are of clients that are not listed: some may fit, too.</p>}
    </div>
  )
}

export const sessionsText = (count: number): string =>
  `${formatCount(count)} ${count === 1 ? 'session' : 'sessions'}`
