import type { LiveBan, LiveCanary, LiveNode, LiveSelfCheck } from '../live/live-feed.js'
import { judgeWithholding, type MinerLuck } from './judge-withholding.js'
import type { OperatorRule } from './rules.js'
import type { Condition } from './watch-condition.js'
import { formatSpan } from './words.js'

/** What a look at the pool knows. Absent: nobody can tell now. */
export interface PoolFacts {
  readonly nowMs: number
  /** What the live feed says; undefined while Redis is away. */
  readonly live: LiveFacts | undefined
  readonly redisAwaySinceMs: number | undefined
  readonly tip: { readonly hash: string; readonly height: number; readonly seenAtMs: number } | undefined
  readonly record: RecordFacts
  readonly alarms: readonly {
    readonly name: string
    readonly subject: string
    readonly message: string
    readonly sinceMs: number
  }[]
  readonly payouts: readonly {
    readonly subject: string
    readonly message: string
    readonly sinceMs: number
  }[]
  /** When the oldest thing that no epoch of the public log holds was there to be sealed, and what is usual. */
  readonly publicLog: { readonly waitingSinceMs: number | undefined; readonly epochMs: number }
  readonly disk: { readonly freeBytes: number; readonly totalBytes: number } | undefined
  readonly restartsLately: number
  readonly luck: readonly MinerLuck[] | undefined
}

export interface LiveFacts {
  /** Undefined: the primary does not report. */
  readonly node: LiveNode | undefined
  readonly selfCheck: LiveSelfCheck | undefined
  readonly canary: LiveCanary | undefined
  readonly processes: number
  readonly connections: number
  /** Most connections within the last minutes. */
  readonly connectionsBefore: number
  readonly bans: readonly LiveBan[]
}

export interface RecordFacts {
  readonly journalEndMs: number | undefined
  readonly rollupEndMs: number | undefined
  readonly isRolledUp: boolean
  /** When the live feed last told of shares. */
  readonly sharesSeenAtMs: number | undefined
}

const BANS_WITHIN_MS = 600_000
const MIN_CONNECTIONS = 20
type Parameters = Readonly<Record<string, number>>

/** How the pool stands by each rule. Undefined: nobody can tell now, and what was so before still counts. */
export const POOL_JUDGES: Readonly<
  Partial<Record<OperatorRule, (facts: PoolFacts, parameters: Parameters) => Condition[] | undefined>>
> = {
  node: ({ live }) =>
    live?.node?.nodes.map(({ name, state, message, sinceMs }) =>
      condition(
        name,
        state !== 'ok',
        `Node ${name} is ${state}${message === '' ? '' : `: ${message}`}`,
        sinceMs,
      ),
    ),
  'no-node': ({ live }) =>
    live?.node && [
      condition(
        '',
        live.node.state !== 'ok',
        `The pool is ${live.node.state}: ${live.node.message}`,
        live.node.sinceMs,
      ),
    ],
  'stale-tip': ({ tip }) =>
    tip && [condition(tip.hash, true, `No block has come after block ${tip.height} for long`, tip.seenAtMs)],
  'work-old': ({ live }, { minutes }) => {
    if (live?.node === undefined) return undefined
    const ageMs = live.node.jobAgeMs
    const message =
      ageMs === undefined ? 'Miners have no work' : `The work that miners have is ${formatSpan(ageMs)} old`
    return [condition('', ageMs === undefined || ageMs > minutes! * 60_000, message)]
  },
  'pool-silent': ({ live, redisAwaySinceMs }) => [
    condition(
      'redis',
      redisAwaySinceMs !== undefined,
      'Redis is away: live numbers, bans and queues wait for it',
      redisAwaySinceMs,
    ),
    ...(live === undefined
      ? [unknown('primary'), unknown('stratum')]
      : [
          condition('primary', live.node === undefined, 'The primary does not report'),
          condition('stratum', live.processes === 0, 'No stratum process reports'),
        ]),
  ],
  restarts: ({ restartsLately }, { count }) => [
    condition(
      '',
      restartsLately >= count!,
      `Stratum processes were started again ${restartsLately} times within ten minutes`,
    ),
  ],
  'self-check': ({ live }) =>
    live?.selfCheck?.results.map(({ variant, result }) =>
      condition(
        variant,
        result !== null && !result.startsWith('away:'),
        `Node ${live.selfCheck!.node} would refuse a block of the pool (${variant}): ${result}`,
      ),
    ),
  canary: ({ live }) =>
    live?.canary?.ports.map(({ port, problems }) =>
      condition(String(port), problems.length > 0, `Port ${port}: ${problems.join('; ')}`),
    ),
  'journal-behind': judgeJournal,
  'rollups-behind': ({ record, nowMs }, { minutes }) => [
    condition(
      '',
      !record.isRolledUp && nowMs - (record.rollupEndMs ?? 0) > minutes! * 60_000,
      'Shares in the database wait to be summed up',
    ),
  ],
  disk: ({ disk }, { percent }) => {
    if (disk === undefined) return undefined
    const free = (disk.freeBytes / disk.totalBytes) * 100
    return [
      condition(
        '',
        free < percent!,
        `The disk with the journal has ${free.toFixed(1)} % free (${(disk.freeBytes / 2 ** 30).toFixed(1)} GiB)`,
      ),
    ]
  },
  alarm: ({ alarms }) =>
    alarms.map(({ name, subject, message, sinceMs }) =>
      condition(`${name} ${subject}`.trim(), true, message, sinceMs),
    ),
  payouts: ({ payouts }) =>
    payouts.map(({ subject, message, sinceMs }) => condition(subject, true, message, sinceMs)),
  'public-log': ({ publicLog, nowMs }, { minutes }) => {
    const { waitingSinceMs, epochMs } = publicLog
    const isLate = waitingSinceMs !== undefined && nowMs - waitingSinceMs > epochMs + minutes! * 60_000
    return [condition('', isLate, 'The public log should have sealed an epoch by now')]
  },
  bans: ({ live, nowMs }, { count }) => {
    if (live === undefined) return undefined
    const lately = live.bans.filter(
      ({ sinceMs, untilMs }) => nowMs - sinceMs < BANS_WITHIN_MS && untilMs > sinceMs,
    )
    return [
      condition('', lately.length >= count!, `${lately.length} addresses were banned within ten minutes`),
    ]
  },
  'connections-lost': ({ live }, { percent }) => {
    if (live === undefined) return undefined
    const { connections, connectionsBefore } = live
    const lost = connectionsBefore - connections
    const isBad = connectionsBefore >= MIN_CONNECTIONS && lost >= (connectionsBefore * percent!) / 100
    return [condition('', isBad, `${lost} of ${connectionsBefore} connections were lost within minutes`)]
  },
  withholding: ({ luck }, { chance }) =>
    luck &&
    judgeWithholding(luck, 1 / chance!).map(({ address, expectedBlocks, foundBlocks, chance: by }) => {
      const odds = `one in ${Math.round(1 / Math.max(by, 1e-12)).toLocaleString('en')}`
      return condition(
        address,
        true,
        `${address} has found ${foundBlocks} blocks where ${expectedBlocks.toFixed(1)} were to be expected: a chance of ${odds}, all miners considered. It is no proof`,
      )
    }),
}

/** Shares were accepted that the database has not got. */
function judgeJournal({ record }: PoolFacts, { minutes }: Parameters): Condition[] {
  const { sharesSeenAtMs, journalEndMs } = record
  if (sharesSeenAtMs === undefined) return [unknown('')]
  const behindMs = sharesSeenAtMs - (journalEndMs ?? 0)
  const span = journalEndMs === undefined ? 'all of them' : formatSpan(behindMs)
  return [condition('', behindMs > minutes! * 60_000, `Shares wait on the disk for the database: ${span}`)]
}

function condition(subject: string, isBad: boolean, message: string, sinceMs?: number): Condition {
  const text = /[.!?]$/.test(message) ? message : `${message}.`
  return { subject, state: isBad ? 'bad' : 'good', sinceMs, facts: { message: text } }
}

function unknown(subject: string): Condition {
  return { subject, state: 'unknown', facts: {} }
}
