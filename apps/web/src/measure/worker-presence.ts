/** What one stratum process says of a worker. */
export interface WorkerSighting {
  readonly connections: number
  /** Since when at least one of them was there. */
  readonly connectedAtMs?: number | undefined
  readonly difficulty: number
  readonly lastShareAtMs?: number | undefined
  readonly userAgent: string
  readonly atMs: number
}

/** Whether a worker is connected, as far as the live feed tells. */
export type WorkerPresence =
  | {
      readonly state: 'online'
      readonly connections: number
      /** Since when the one that was there first is; undefined when it was not told. */
      readonly sinceMs: number | undefined
      readonly difficulty: number
      readonly userAgent: string
    }
  | { readonly state: 'offline' }
  | { readonly state: 'unknown' }

type Reading =
  | { readonly known: true; readonly value: readonly (readonly [string, WorkerSighting])[] }
  | { readonly known: false; readonly why: 'feed-away' | 'not-reported' }

/** Sums the sightings of one worker over the stratum processes; the newest one names difficulty and firmware. */
export function presenceOfWorker(name: string, reading: Reading): WorkerPresence {
  if (!reading.known) return { state: 'unknown' }
  const sightings = reading.value.filter(([seen, { connections }]) => seen === name && connections > 0)
  const newest = sightings.map(([, sighting]) => sighting).sort((a, b) => b.atMs - a.atMs)[0]
  if (newest === undefined) return { state: 'offline' }
  const connections = sightings.reduce((sum, [, sighting]) => sum + sighting.connections, 0)
  const since = sightings.flatMap(([, { connectedAtMs }]) => connectedAtMs ?? [])
  return {
    state: 'online',
    connections,
    sinceMs: since.length === 0 ? undefined : Math.min(...since),
    difficulty: newest.difficulty,
    userAgent: newest.userAgent,
  }
}
