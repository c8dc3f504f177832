import { targetOfDifficulty } from '@headframe/core/chain/target'
import { ERROR_DUPLICATE_SHARE, ERROR_LOW_DIFFICULTY } from '@headframe/core/stratum/reject-code'
import type { CreditedShare } from './credited-share.js'
import { submissionsOf, type Submission } from './submission.js'
import type { WireRecord } from './wire-record.js'

/** How long after another tip took the place of its job's a share is still credited. */
const GRACE_MS = 5_000

/** When another tip took the place of a job's, by job id, on the pool's wall clock. */
export type StaleSince = ReadonlyMap<string, number>

/** What holds between what was submitted, what was answered and what is in the journal. */
export function brokenShareLaws(
  connections: readonly WireRecord[],
  credited: readonly CreditedShare[],
  staleSinceMs: StaleSince,
): string[] {
  const submissions = connections.flatMap((connection) => submissionsOf(connection, connections))
  const byHash = new Map(credited.map((share) => [share.hash, share]))
  return [
    ...(byHash.size === credited.length ? [] : ['a share is in the journal twice']),
    ...credited.filter(({ isWorth }) => !isWorth).map(({ difficulty }) => `credited ${difficulty} for less`),
    ...credited
      .filter((share) => isStale(share, staleSinceMs))
      .map(({ jobId }) => `credited ${jobId}, too late`),
    ...submissions.flatMap((submission) => lawOfVerdict(submission, byHash)),
    ...lawOfAnsweredOnce(submissions),
    ...lawOfOrigin(submissions, credited),
    ...lawOfSearchSpaces(connections),
  ]
}

function isStale({ jobId, atMs }: CreditedShare, staleSinceMs: StaleSince): boolean {
  return atMs > (staleSinceMs.get(jobId) ?? Infinity) + GRACE_MS
}

/** What the client was told is true. */
function lawOfVerdict(submission: Submission, byHash: ReadonlyMap<bigint, CreditedShare>): string[] {
  const { answer, meanings, params } = submission
  if (answer === undefined) return []
  const share = meanings.map(({ hash }) => byHash.get(hash)).find((found) => found !== undefined)
  const what = JSON.stringify(params)
  const code = answer.error?.[0]
  if (answer.result === true) {
    if (share === undefined) return [`accepted and not in the journal: ${what}`]
    const asked = meanings.find(({ hash }) => hash === share.hash)!.difficulty
    const isRight = asked === undefined || asked === share.difficulty
    return isRight
      ? lawOfWorker(params, share)
      : [`asked for ${asked}, credited ${share.difficulty}: ${what}`]
  }
  if (code === ERROR_DUPLICATE_SHARE && share === undefined) return [`a duplicate of nothing: ${what}`]
  if (code === ERROR_LOW_DIFFICULTY && meanings.every(isMet)) return [`low, and it was not: ${what}`]
  return []
}

function isMet({ hash, difficulty }: Submission['meanings'][number]): boolean {
  return difficulty !== undefined && hash <= targetOfDifficulty(difficulty)
}

/** `address`, `address.worker` or `address_worker`. */
function lawOfWorker([username]: readonly unknown[], { address, workerName }: CreditedShare): string[] {
  const [, named, name = ''] = /^([^._]*)(?:[._](.*))?$/su.exec(String(username)) ?? []
  const isHis = named?.trim() === address && name.trim() === workerName
  return isHis ? [] : [`submitted by ${String(username)}, credited to ${address}.${workerName}`]
}

function lawOfAnsweredOnce(submissions: readonly Submission[]): string[] {
  const accepted = submissions.filter(({ answer }) => answer?.result === true)
  const hashes = accepted.flatMap(({ meanings }) => (meanings.length === 1 ? [meanings[0]!.hash] : []))
  return new Set(hashes).size === hashes.length ? [] : ['one share was accepted twice']
}

/** Everything in the journal was accepted, or comes from a submission whose client has heard nothing of it. */
function lawOfOrigin(submissions: readonly Submission[], credited: readonly CreditedShare[]): string[] {
  const open = submissions.filter(({ answer }) => answer === undefined || answer.result === true)
  const hashes = new Set(open.flatMap(({ meanings }) => meanings.map(({ hash }) => hash)))
  const strange = credited.filter(({ hash }) => !hashes.has(hash))
  return strange.map(({ hash }) => `credited, and nobody was told: ${hash.toString(16)}`)
}

/** No two notifies of the pool have the same job, extranonce1 and alias: nobody searches where another does. */
function lawOfSearchSpaces(connections: readonly WireRecord[]): string[] {
  const spaces = connections.flatMap(({ memory }) =>
    memory.jobs.map(({ jobId, extranonce1 }) => `${extranonce1.slice(0, 8)}/${jobId}`),
  )
  const twice = spaces.filter((space, index) => spaces.indexOf(space) !== index)
  return twice.map((space) => `two notifies with the search space ${space}`)
}
