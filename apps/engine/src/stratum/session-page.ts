import {
  isBefore,
  rankOf,
  type LiveSession,
  type SessionAnswer,
  type SessionLook,
  type SessionPlace,
  type SessionQuestion,
} from '@headframe/core/live/session-question'
import type { Session } from './v1/session.js'

/** Of a proxy's connection that carries many workers, those that are shown. */
const MAX_WORKERS_SHOWN = 5

type Told = Omit<SessionAnswer, 'writerId'>

/** What the console wants to know of these sessions, or has done to one of them. */
export function answerOf(peers: readonly { readonly session: Session }[], question: SessionQuestion): Told {
  const sessions = peers.map(({ session }) => session)
  if (question.kind === 'look') return pageOfSessions(sessions, question)
  const meant = sessions.find(({ trace }) => trace.connection === question.connection)
  const found = meant === undefined ? [] : [describeSession(meant)]
  const told = { total: sessions.length, matching: found.length, sessions: found }
  if (question.kind === 'find') return told
  meant?.close('cut-by-operator')
  return { ...told, isCut: meant !== undefined }
}

/**
 * One page of the sessions of a process, in one pass over them: of each only its rank is looked at, and those that come
 * onto the page are described. A pass over ten thousand takes some milliseconds.
 */
function pageOfSessions(sessions: readonly Session[], look: SessionLook): Told {
  const page = new FirstOnes(look.limit)
  let matching = 0
  for (const session of sessions) {
    if (!isMeant(session, look)) continue
    matching++
    const { connection, connectedAtMs, lastShareAtMs, rejects } = session.trace
    const rank = rankOf({ connectedAtMs, lastShareAtMs, rejects }, look.order)
    const place = { rank, connection }
    if (look.after === undefined || isBefore(look.after, place)) page.offer(place, session)
  }
  return { total: sessions.length, matching, sessions: page.sessions().map(describeSession) }
}

/** The first so many of those that are offered, in their order. */
class FirstOnes {
  readonly #limit: number
  readonly #held: { readonly place: SessionPlace; readonly session: Session }[] = []

  constructor(limit: number) {
    this.#limit = limit
  }

  offer(place: SessionPlace, session: Session): void {
    const held = this.#held
    const last = held.at(-1)
    if (held.length === this.#limit && (last === undefined || !isBefore(place, last.place))) return
    let at = held.length
    while (at > 0 && isBefore(place, held[at - 1]!.place)) at--
    held.splice(at, 0, { place, session })
    if (held.length > this.#limit) held.pop()
  }

  sessions(): Session[] {
    return this.#held.map(({ session }) => session)
  }
}

function isMeant(session: Session, { search, address, port }: SessionLook): boolean {
  if (port !== undefined && session.options.port.port !== port) return false
  if (address !== undefined && !someWorker(session, (worker) => worker.address === address)) return false
  if (search === '') return true
  const needle = search.toLowerCase()
  const holds = (text: string): boolean => text.toLowerCase().includes(needle)
  return (
    holds(session.connection.remoteAddress) ||
    holds(session.userAgent) ||
    someWorker(session, ({ address, workerName }) => holds(address) || holds(workerName))
  )
}

function someWorker(
  { workers }: Session,
  isOne: (worker: { readonly address: string; readonly workerName: string }) => boolean,
): boolean {
  for (const worker of workers.values()) if (isOne(worker)) return true
  return false
}

function describeSession(session: Session): LiveSession {
  const { trace, options, workers } = session
  const { port, tls, mode } = options.port
  const shown = [...workers.values()].slice(0, MAX_WORKERS_SHOWN)
  return {
    connection: trace.connection,
    connectedAtMs: trace.connectedAtMs,
    remoteAddress: session.connection.remoteAddress,
    ...{ port, tls, mode },
    workers: shown.map(({ address, workerName }) => ({ address, workerName })),
    workerCount: workers.size,
    userAgent: session.userAgent,
    profile: session.profile.name,
    difficulty: session.difficulty,
    versionMask: session.versionMask,
    shares: trace.shares,
    rejects: trace.rejects,
    lastShareAtMs: trace.lastShareAtMs,
  }
}
