import type { WireLine } from './raw-client.js'

/** A line of either side, read no further than the laws need. */
export interface WireMessage {
  readonly id?: number | string | null
  /** Of an id that is a number: as it was written. */
  readonly idText?: string | undefined
  readonly method?: string
  readonly params?: readonly unknown[]
  readonly result?: unknown
  readonly error?: readonly [number, string, null] | null
}

/**
 * Methods that with a null id are announcements: bfgminer sends them so before it subscribes, takes the next line for
 * the answer to `mining.subscribe`, and would hang up on any other.
 */
const ANNOUNCEMENTS = ['mining.suggest_target', 'mining.suggest_difficulty', 'mining.capabilities']

/** Whether a message of a client must be answered. An answer of its own, or a `pong` in place of one, is not. */
export function wantsAnswer({ id, method }: WireMessage): boolean {
  if (method === undefined || method === 'pong' || id === undefined) return false
  return id !== null || !ANNOUNCEMENTS.includes(method)
}

export function readMessage(text: string): WireMessage {
  return JSON.parse(text) as WireMessage
}

/** Requests that still have an answer to come. */
export function countUnanswered(log: readonly WireLine[]): number {
  const answers = messagesOf(log, 'pool').filter(({ method }) => method === undefined)
  return messagesOf(log, 'client').filter(wantsAnswer).length - answers.length
}

/** What holds for every connection, whatever its client does; a sentence for each law that was broken. */
export function brokenLaws(log: readonly WireLine[]): string[] {
  const requests = messagesOf(log, 'client').filter(wantsAnswer)
  const fromPool = messagesOf(log, 'pool')
  const answers = fromPool.filter(({ method }) => method === undefined)
  return [
    ...lawOfAnswers(requests, answers),
    ...lawOfSubscribe(requests, fromPool),
    ...lawOfDifficulty(fromPool),
    ...lawOfJobIds(fromPool),
  ]
}

function lawOfAnswers(requests: readonly WireMessage[], answers: readonly WireMessage[]): string[] {
  const asked = requests.map(({ id }) => JSON.stringify(id))
  const answered = answers.map(({ id }) => JSON.stringify(id))
  const isSame = asked.length === answered.length && asked.every((id, index) => id === answered[index])
  if (isSame) return answers.flatMap(lawOfForm)
  return [`requests ${asked.join(' ')} were answered as ${answered.join(' ')}`]
}

/** A result or an error, and null in the other's place. */
export function lawOfForm({ id, result, error }: WireMessage): string[] {
  const isResult = error === null && result !== undefined && result !== null
  const isError = result === null && typeof error?.[0] === 'number' && typeof error[1] === 'string'
  return isResult !== isError ? [] : [`the answer to ${JSON.stringify(id)} is neither a result nor an error`]
}

function lawOfSubscribe(requests: readonly WireMessage[], fromPool: readonly WireMessage[]): string[] {
  const firstPush = fromPool.findIndex(({ method }) => method !== undefined)
  const subscribe = requests.findIndex(({ method }) => method === 'mining.subscribe')
  if (firstPush === -1) return []
  const answersBefore = fromPool.slice(0, firstPush).length
  return subscribe !== -1 && answersBefore > subscribe
    ? []
    : ['a push precedes the answer to mining.subscribe']
}

/** Of all that the pool said on one connection. */
export function lawOfDifficulty(fromPool: readonly WireMessage[]): string[] {
  const difficulty = fromPool.findIndex(({ method }) => method === 'mining.set_difficulty')
  const job = fromPool.findIndex(({ method }) => method === 'mining.notify')
  return job === -1 || (difficulty !== -1 && difficulty < job) ? [] : ['a job precedes its difficulty']
}

export function lawOfJobIds(fromPool: readonly WireMessage[]): string[] {
  const ids = fromPool.filter(({ method }) => method === 'mining.notify').map(({ params }) => params?.[0])
  return new Set(ids).size === ids.length ? [] : [`job ids ${ids.join(' ')} are not all different`]
}

function messagesOf(log: readonly WireLine[], from: WireLine['from']): WireMessage[] {
  return log.filter((line) => line.from === from).map(({ text }) => readMessage(text))
}
