import { hashOf, type HeldJob } from '../stratum/held-job.js'
import { expectAnswers } from './expected-answers.js'
import { underAlias } from './share-line.js'
import { answersOf, type WireRecord } from './wire-record.js'
import type { WireMessage } from '../stratum/wire-laws.js'

/** What may have been meant by a submission: a hash, and the difficulty it was asked for at. */
export interface Meaning {
  readonly hash: bigint
  /** Undefined when nobody was sent the job under this id. */
  readonly difficulty: number | undefined
}

/** A submission and what became of it, as far as the client knows. */
export interface Submission {
  readonly params: readonly unknown[]
  /** Undefined: it asked for none, or has got none. */
  readonly answer: WireMessage | undefined
  readonly meanings: readonly Meaning[]
}

/** All that was submitted on one connection. `all`: every connection there was. */
export function submissionsOf(connection: WireRecord, all: readonly WireRecord[]): readonly Submission[] {
  const answers = [...answersOf(connection)]
  return expectAnswers(connection.sent).answers.flatMap(({ id, request }) => {
    const answer = id === undefined ? undefined : answers.shift()
    if (request?.method !== 'mining.submit') return []
    const params = request.params ?? []
    return [{ params, answer, meanings: meaningsOf(params, connection, all) }]
  })
}

const HEX = /^(?:[0-9a-f]{2})*$/i
const NUMBER = /^[0-9a-f]{1,8}$/i

function meaningsOf(
  [, wireJobId, extranonce2, ntime, nonce, bits]: readonly unknown[],
  connection: WireRecord,
  all: readonly WireRecord[],
): readonly Meaning[] {
  if (typeof wireJobId !== 'string' || !/^[0-9a-f]{10}$/i.test(wireJobId)) return []
  if (typeof extranonce2 !== 'string' || !HEX.test(extranonce2)) return []
  const numbers = [ntime, nonce, bits ?? '0'].map((text) =>
    typeof text === 'string' && NUMBER.test(text) ? Number.parseInt(text, 16) : undefined,
  )
  const [time, nonceNumber, versionBits] = numbers
  if (time === undefined || nonceNumber === undefined || versionBits === undefined) return []
  return jobsNamed(wireJobId.toLowerCase(), connection, all).map(({ job, isSent }) => {
    const meant = { ...job, ntime: time.toString(16) }
    const hash = hashOf(meant, { extranonce2, versionBits, nonce: nonceNumber })
    return { hash, difficulty: isSent ? job.difficulty : undefined }
  })
}

interface NamedJob {
  readonly job: HeldJob
  readonly isSent: boolean
}

/** The job of this id on this connection; or of a connection that had the same extranonce1; or one never sent so. */
function jobsNamed(
  wireJobId: string,
  connection: WireRecord,
  all: readonly WireRecord[],
): readonly NamedJob[] {
  const heard = all.flatMap(({ memory }) => memory.jobs)
  const own = connection.memory.jobs.filter(({ jobId }) => jobId === wireJobId)
  const extranonce1s = extranonce1sOf(connection)
  const before = heard.filter(
    ({ jobId, extranonce1 }) => jobId === wireJobId && extranonce1s.has(extranonce1),
  )
  const sent = own.length > 0 ? own : before
  if (sent.length > 0) return sent.slice(0, 1).map((job) => ({ job, isSent: true }))
  const likeIt = heard.find(({ jobId }) => jobId.slice(0, 8) === wireJobId.slice(0, 8))
  if (likeIt === undefined) return []
  const job = underAlias(likeIt, Number.parseInt(wireJobId.slice(8), 16))
  return [...extranonce1s].map((extranonce1) => ({ job: { ...job, extranonce1 }, isSent: false }))
}

/** All it had: another may have taken its first one over. */
function extranonce1sOf({ memory }: WireRecord): Set<string> {
  const known = memory.jobs.map(({ extranonce1 }) => extranonce1)
  return new Set(memory.extranonce1 === undefined ? known : [...known, memory.extranonce1])
}
