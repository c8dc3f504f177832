import type { LiveCanary, LiveNode, LiveProcess, LiveSelfCheck } from '../live/live-feed.js'
import type { Part, PartFinding, PartState } from './part.js'

/** What serve says by the live feed; what is undefined, nobody reports. */
export interface LiveObservation {
  readonly node: LiveNode | undefined
  readonly selfCheck: LiveSelfCheck | undefined
  readonly canary: LiveCanary | undefined
  /** Of the stratum processes that still report. */
  readonly processes: readonly Pick<LiveProcess, 'lastShareAtMs'>[]
}

/** What stands in the database. */
export interface DatabaseObservation {
  /** When the newest segment was sealed, and the newest that is summed up; undefined before the first. */
  readonly journalEndMs: number | undefined
  readonly rollupEndMs: number | undefined
  readonly isRolledUp: boolean
  readonly payoutsPaused: string | undefined
  readonly payoutProblem: string | undefined
  /** When the oldest segment was sealed that is not published; undefined while there is none. */
  readonly unpublishedSinceMs: number | undefined
  /** What tasks have found wrong, by name. */
  readonly alarms: readonly string[]
}

/** All that is known at one moment; where a whole source is away, the reason. */
export interface Observation {
  readonly nowMs: number
  readonly live: LiveObservation | string
  readonly database: DatabaseObservation | string
  /** Tasks of settle that fail, by name. */
  readonly failingTasks: readonly string[]
  readonly hasCanary: boolean
  readonly paysOnChain: boolean
  readonly epochMs: number
}

/** Miners get other work every 30 s; only more than this is worth a word. */
const OLD_JOB_MS = 180_000
/** Shipping and rolling up take seconds. */
const USUAL_LAG_MS = 120_000
/** What an epoch of the public log may be late. */
const USUAL_SEAL_MS = 1_800_000

/** How each part of the pool stands. A part that this pool does not have is left out. */
export function judgeParts(seen: Observation): PartFinding[] {
  const { live, database } = seen
  return [
    ...(typeof live === 'string' ? blindToServe(live, seen) : judgeServe(live, seen)),
    ...(typeof database === 'string' ? blindToBooks(database, seen) : judgeBooks(database, seen)),
    judgeTasks(seen),
    typeof database === 'string' ? finding('database', 'down', database) : finding('database', 'up'),
    typeof live === 'string' ? finding('live-feed', 'down', live) : finding('live-feed', 'up'),
  ]
}

function finding(part: Part, state: PartState, text = ''): PartFinding {
  return { part, state, text }
}

function blindToServe(reason: string, { hasCanary }: Observation): PartFinding[] {
  const parts: readonly Part[] = ['nodes', 'templates', 'stratum', ...(hasCanary ? ['canary' as const] : [])]
  return parts.map((part) => finding(part, 'unknown', `nobody can tell: ${reason}`))
}

function judgeServe(live: LiveObservation, { hasCanary }: Observation): PartFinding[] {
  return [
    judgeNodes(live.node),
    judgeTemplates(live),
    live.processes.length > 0
      ? finding('stratum', 'up')
      : finding('stratum', 'down', 'no stratum process reports'),
    ...(hasCanary ? [judgeCanary(live.canary)] : []),
  ]
}

function judgeNodes(node: LiveNode | undefined): PartFinding {
  if (node === undefined) return finding('nodes', 'unknown', 'serve does not report')
  if (node.state !== 'ok') return finding('nodes', 'down', node.message || node.state)
  const wrong = node.nodes.filter(({ state }) => state !== 'ok')
  if (wrong.length === 0) return finding('nodes', 'up')
  // Names and messages are of the operator's own network: how many is all that strangers are told.
  return finding('nodes', 'degraded', `${wrong.length} of ${node.nodes.length} nodes cannot be worked with`)
}

function judgeTemplates({ node, selfCheck }: LiveObservation): PartFinding {
  if (node === undefined) return finding('templates', 'unknown', 'serve does not report')
  const refused = selfCheck?.results.filter(({ result }) => result !== null && !result.startsWith('away'))
  if (refused !== undefined && refused.length > 0) {
    const reasons = refused.map(({ variant, result }) => `${variant}: ${result}`)
    return finding('templates', 'down', `a node would refuse a block of the pool (${reasons.join(', ')})`)
  }
  if (node.jobAgeMs === undefined) return finding('templates', 'down', 'miners have no work')
  if (node.jobAgeMs <= OLD_JOB_MS) return finding('templates', 'up')
  return finding('templates', 'degraded', 'the work that miners have is older than three minutes')
}

function judgeCanary(canary: LiveCanary | undefined): PartFinding {
  if (canary === undefined) return finding('canary', 'unknown', 'the canary does not report')
  const wrong = canary.ports.filter(({ problems }) => problems.length > 0)
  if (wrong.length === 0) return finding('canary', 'up')
  const texts = wrong.map(({ port, problems }) => `port ${port}: ${problems.join(', ')}`)
  return finding('canary', wrong.length === canary.ports.length ? 'down' : 'degraded', texts.join('; '))
}

function blindToBooks(reason: string, { paysOnChain }: Observation): PartFinding[] {
  const parts: readonly Part[] = ['journal', ...(paysOnChain ? ['payouts' as const] : []), 'public-log']
  return parts.map((part) => finding(part, 'unknown', `nobody can tell: ${reason}`))
}

function judgeBooks(books: DatabaseObservation, seen: Observation): PartFinding[] {
  return [
    judgeJournal(books, seen),
    ...(seen.paysOnChain ? [judgePayouts(books)] : []),
    judgePublicLog(books, seen),
  ]
}

/** Shares are on the disks of serve; only serve knows how far they go. */
function judgeJournal({ journalEndMs }: DatabaseObservation, { live }: Observation): PartFinding {
  if (typeof live === 'string' || live.processes.length === 0)
    return finding('journal', 'unknown', 'serve does not report')
  const lastShareAtMs = Math.max(...live.processes.map((report) => report.lastShareAtMs ?? 0))
  // How long the very first share has waited, nothing tells.
  const waitsMs = journalEndMs === undefined ? 0 : lastShareAtMs - journalEndMs
  if (waitsMs <= USUAL_LAG_MS) return finding('journal', 'up')
  return finding('journal', 'degraded', 'accepted shares wait on a disk for the database')
}

function judgePayouts({ payoutsPaused, payoutProblem }: DatabaseObservation): PartFinding {
  if (payoutProblem !== undefined) return finding('payouts', 'down', `no payout goes on: ${payoutProblem}`)
  if (payoutsPaused !== undefined) return finding('payouts', 'degraded', `paused: ${payoutsPaused}`)
  return finding('payouts', 'up')
}

function judgePublicLog(
  { unpublishedSinceMs }: DatabaseObservation,
  { nowMs, epochMs }: Observation,
): PartFinding {
  const isLate = unpublishedSinceMs !== undefined && nowMs - unpublishedSinceMs > epochMs + USUAL_SEAL_MS
  if (!isLate) return finding('public-log', 'up')
  return finding('public-log', 'degraded', 'its newest epoch should have been sealed by now')
}

function judgeTasks({ failingTasks, database, live }: Observation): PartFinding {
  if (typeof live === 'string') return finding('settle', 'down', 'its tasks wait for Redis')
  if (failingTasks.length > 0)
    return finding('settle', 'degraded', `these tasks fail: ${failingTasks.join(', ')}`)
  if (typeof database === 'string') return finding('settle', 'down', 'its tasks wait for the database')
  const { journalEndMs, rollupEndMs, isRolledUp, alarms } = database
  if (alarms.length > 0)
    return finding('settle', 'degraded', `it has found something wrong: ${alarms.join(', ')}`)
  const isBehind = !isRolledUp && (journalEndMs ?? 0) - (rollupEndMs ?? 0) > USUAL_LAG_MS
  return isBehind ? finding('settle', 'degraded', 'shares are not summed up') : finding('settle', 'up')
}
