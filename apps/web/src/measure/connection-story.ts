/** What the pool saw of a connection, step by step; the events of `@headframe/core/live/connection-event`. */
export type StoryEvent = { readonly connection: string; readonly atMs: number } & (
  | {
      readonly what: 'authorized'
      readonly port: number
      readonly connectedAtMs: number
      readonly userAgent: string
      readonly workerName: string
    }
  | { readonly what: 'job'; readonly difficulty: number }
  | { readonly what: 'share' }
  | { readonly what: 'reject'; readonly reason: string }
  | { readonly what: 'left'; readonly reason: string }
)

/** One connection of a miner: how far it came. */
export interface Attempt {
  readonly connection: string
  readonly port: number
  readonly userAgent: string
  readonly workerName: string
  readonly connectedAtMs: number
  readonly authorizedAtMs: number
  readonly jobAtMs: number | undefined
  readonly difficulty: number | undefined
  readonly shareAtMs: number | undefined
  /** The first of each reason. */
  readonly rejects: readonly { readonly reason: string; readonly atMs: number }[]
  readonly leftAtMs: number | undefined
  readonly leftReason: string | undefined
}

/**
 * Connections, the one that came last first. One whose beginning is not known any more is left out: nothing could be said
 * of who it is.
 */
export function attemptsOf(newestFirst: readonly StoryEvent[]): Attempt[] {
  const attempts = new Map<string, Attempt>()
  for (const event of newestFirst.toReversed()) {
    const { connection, atMs } = event
    const known = attempts.get(connection)
    if (event.what === 'authorized') attempts.set(connection, known ?? begin(event))
    else if (known !== undefined) attempts.set(connection, { ...known, ...step(event, atMs, known) })
  }
  return [...attempts.values()].sort((a, b) => b.connectedAtMs - a.connectedAtMs)
}

function begin(event: Extract<StoryEvent, { what: 'authorized' }>): Attempt {
  const { connection, port, userAgent, workerName, connectedAtMs, atMs } = event
  return {
    ...{ connection, port, userAgent, workerName, connectedAtMs, authorizedAtMs: atMs },
    ...{ jobAtMs: undefined, difficulty: undefined, shareAtMs: undefined, rejects: [] },
    ...{ leftAtMs: undefined, leftReason: undefined },
  }
}

function step(
  event: Exclude<StoryEvent, { what: 'authorized' }>,
  atMs: number,
  known: Attempt,
): Partial<Attempt> {
  switch (event.what) {
    case 'job':
      return { jobAtMs: atMs, difficulty: event.difficulty }
    case 'share':
      return { shareAtMs: atMs }
    case 'reject':
      return { rejects: [...known.rejects, { reason: event.reason, atMs }] }
    case 'left':
      return { leftAtMs: atMs, leftReason: event.reason }
  }
}
