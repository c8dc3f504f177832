import { PARTS } from '@headframe/core/status/part'
import { listIncidents, listWatches, readParts, type Incident } from '@headframe/db/status/read-status'
import { daysOfPart, firstDayMs, uptimeOf, type Stretch, type Trouble } from '../../../measure/uptime'
import type { Context } from '../../context'
import { procedure } from '../../trpc'
import { partsSchema } from './parts.schema'

const DAYS = 90
/** More than either in 90 days is a pool that nobody looks after; what is older then counts as not watched. */
const MAX_WATCHES = 5_000
const MAX_INCIDENTS = 5_000
const LISTED = 50
/** settle looks every five seconds. */
const WATCHED_WITHIN_MS = 30_000

/** How each part of the pool stands and stood, and what went wrong. */
export const parts = procedure(partsSchema).query(({ ctx }) =>
  ctx.cache.get('pool.parts', () => readPartsNow(ctx)),
)

async function readPartsNow({ database: { pool }, nowMs: clock }: Context) {
  const nowMs = clock()
  const fromMs = firstDayMs(nowMs, DAYS)
  const [found, allWatches, incidents] = await Promise.all([
    readParts(pool),
    listWatches(pool, fromMs, MAX_WATCHES),
    listIncidents(pool, fromMs, MAX_INCIDENTS),
  ])
  const lookedAtMs = allWatches[0]?.untilMs
  const isWatched = lookedAtMs !== undefined && nowMs - lookedAtMs <= WATCHED_WITHIN_MS
  const watches = allWatches.filter(isTold(incidents))
  const named = PARTS.flatMap((name) => found.filter(({ part }) => part === name))
  return {
    nowMs,
    isWatched,
    lookedAtMs,
    parts: named.map((part) => {
      const days = daysOfPart(watches, troublesOf(part.part, incidents, nowMs), { nowMs, days: DAYS })
      const now = isWatched ? part : { ...part, ...nobodyLooks(lookedAtMs ?? nowMs) }
      return { ...now, uptime: uptimeOf(days), days }
    }),
    incidents: incidents.slice(0, LISTED).map((incident) => ({ ...incident })),
    isCut: incidents.length > LISTED,
  }
}

function nobodyLooks(sinceMs: number) {
  return { state: 'unknown' as const, text: 'settle does not look', sinceMs }
}

/** Where incidents are cut off, nothing is claimed of the time before. */
function isTold(incidents: readonly Incident[]): (watch: Stretch) => boolean {
  const oldest = incidents.length === MAX_INCIDENTS ? incidents.at(-1) : undefined
  return ({ fromMs }) => oldest === undefined || fromMs >= oldest.openedAtMs
}

function troublesOf(part: string, incidents: readonly Incident[], nowMs: number): Trouble[] {
  return incidents
    .filter((incident) => incident.part === part)
    .map(({ kind, openedAtMs, closedAtMs }) => ({ kind, fromMs: openedAtMs, untilMs: closedAtMs ?? nowMs }))
}
