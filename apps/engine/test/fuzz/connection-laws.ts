import { lawOfDifficulty, lawOfForm, lawOfJobIds, type WireMessage } from '../stratum/wire-laws.js'
import { expectAnswers, type Expected } from './expected-answers.js'
import { answersOf, type WireRecord } from './wire-record.js'

/** No answer and no push is longer, bytes. */
const MAX_LINE_BYTES = 8_192
/** What one line of a client, or one event in the pool, may bring forth: mask, difficulty, job, message, question, answer. */
const MAX_LINES_EACH = 6

/** How a connection of the story ended. */
export interface Ended {
  readonly connection: WireRecord
  /** Why the pool says that it closed; undefined when it says nothing. */
  readonly reason: string | undefined
}

/** What happened in the pool besides. */
export interface Surroundings {
  /** Jobs that were sent, and seconds that it was told of. */
  readonly events: number
  readonly hasTimePassed: boolean
  readonly hasDiskFailed: boolean
}

/** What holds for every connection, whatever its client does; a sentence for each law that was broken. */
export function brokenConnectionLaws(ended: Ended, surroundings: Surroundings): string[] {
  const { connection } = ended
  const { messages, nonsense } = connection
  const { answers, close } = expectAnswers(connection.sent)
  return [
    ...nonsense.map((line) => `the pool sends what nobody can read: ${line}`),
    ...lawOfAnswers(answers, connection),
    ...answersOf(connection).flatMap(lawOfForm),
    ...lawOfSubscribe(answers, messages),
    ...lawOfDifficulty(messages),
    ...lawOfJobIds(messages),
    ...lawOfWork(answers, connection),
    ...lawOfSize(connection, answers.length + surroundings.events),
    ...lawOfEnd(ended, close, surroundings),
  ].map((sentence) => `${connection.remoteAddress}: ${sentence}`)
}

/** In order, each once, all of them unless the connection has ended. */
function lawOfAnswers(expected: readonly Expected[], connection: WireRecord): string[] {
  const asked = expected.filter(({ id }) => id !== undefined).map(({ idText }) => idText)
  const answered = answersOf(connection).map(({ id, idText }) => idText ?? JSON.stringify(id))
  const isInOrder = answered.every((id, index) => id === asked[index])
  const hasAll = answered.length === asked.length || connection.hasEnded || connection.isClosed
  return isInOrder && hasAll ? [] : [`requests ${asked.join(' ')} were answered as ${answered.join(' ')}`]
}

/** Nothing is pushed before a subscribe was heard and, if it asked for an answer, answered. */
function lawOfSubscribe(expected: readonly Expected[], messages: readonly WireMessage[]): string[] {
  const firstPush = messages.findIndex(({ method }) => method !== undefined)
  if (firstPush === -1) return []
  const subscribe = expected.findIndex(({ request }) => request?.method === 'mining.subscribe')
  const before = expected.slice(0, subscribe + 1).filter(({ id }) => id !== undefined).length
  return subscribe !== -1 && firstPush >= before ? [] : ['a push precedes the answer to mining.subscribe']
}

/** Who is subscribed and authorized has work before anything else is answered. */
function lawOfWork(expected: readonly Expected[], connection: WireRecord): string[] {
  const answered = expected.filter(({ id }) => id !== undefined)
  const taken = answersOf(connection).map(
    ({ error }, index) => error === null && answered[index]?.request?.method,
  )
  const isReady = taken.includes('mining.subscribe') && taken.includes('mining.authorize')
  const readyAt = Math.max(taken.indexOf('mining.subscribe'), taken.indexOf('mining.authorize'))
  const isOwed = isReady && taken.length > readyAt + 1 && connection.memory.job === undefined
  return isOwed ? ['subscribed and authorized, and has no work'] : []
}

function lawOfSize({ messages, longestLine }: WireRecord, events: number): string[] {
  const maxLines = MAX_LINES_EACH * (events + 1)
  return [
    ...(longestLine > MAX_LINE_BYTES ? [`a line of ${longestLine} bytes`] : []),
    ...(messages.length > maxLines ? [`${messages.length} lines for ${events} events`] : []),
  ]
}

/** The pool closes whom it has to close, for the reason there is, and nobody else. */
function lawOfEnd({ connection, reason }: Ended, close: string | undefined, around: Surroundings): string[] {
  const allowed = new Set<string | undefined>(['resumed-elsewhere'])
  if (close !== undefined) allowed.add(close)
  if (connection.hasEnded) allowed.add('peer-closed').add('socket-error')
  if (around.hasTimePassed) allowed.add('handshake-timeout').add('idle')
  if (around.hasDiskFailed) allowed.add('journal-failed')
  if (reason === undefined) return connection.isClosed && !connection.hasEnded ? ['closed for no reason'] : []
  if (allowed.has(reason)) return []
  return [`closed as ${reason}, and not as ${[...allowed].join(' or ')}`]
}
