import { RANGES, SHORTEST_ZOOM_MS, type Range, type Zoom } from './range'

/** What a chart shows: a range up to now, or a stretch that was picked out of it. */
export interface ChartView {
  readonly range: Range
  readonly zoom?: Zoom | undefined
}

/** The part of an address behind the question mark, as Next gives it. */
export type SearchParams = Readonly<Record<string, string | string[] | undefined>>

/** The view that an address asks for; undefined when it asks for none, or for what cannot be. */
export function viewOfParams(params: SearchParams): ChartView | undefined {
  const range = RANGES.find((candidate) => candidate === params['range'])
  if (range === undefined) return undefined
  const [fromMs, toMs] = [timeOf(params['from']), timeOf(params['to'])]
  const isZoomed = fromMs !== undefined && toMs !== undefined && fromMs < toMs
  return isZoomed ? { range, zoom: { fromMs, toMs } } : { range }
}

/** The inverse: `?range=24h&from=2026-11-26T14:00Z&to=2026-11-26T15:30Z`. */
export function queryOfView({ range, zoom }: ChartView): string {
  return zoom === undefined
    ? `?range=${range}`
    : `?range=${range}&from=${textOf(zoom.fromMs)}&to=${textOf(zoom.toMs)}`
}

/** To the minute: nothing is drawn finer. */
const textOf = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16)}Z`

function timeOf(text: string | string[] | undefined): number | undefined {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/.test(text)) return undefined
  const ms = Date.parse(text)
  return Number.isNaN(ms) || ms < 0 ? undefined : ms
}

const MINUTE_MS = 60_000

/** A stretch as it stands in an address: whole minutes, and no shorter than can be drawn. */
export function zoomBetween(aMs: number, bMs: number): Zoom {
  const fromMs = Math.floor(Math.max(0, Math.min(aMs, bMs)) / MINUTE_MS) * MINUTE_MS
  const toMs = Math.ceil(Math.max(aMs, bMs) / MINUTE_MS) * MINUTE_MS
  return { fromMs, toMs: Math.max(toMs, fromMs + SHORTEST_ZOOM_MS) }
}

/** What a button of the chart does to the stretch that is shown. */
export type ZoomStep = 'in' | 'out' | 'earlier' | 'later'

/** Half of the stretch, twice of it, or one that is half of it earlier or later. */
export function stepZoom({ fromMs, toMs }: Zoom, step: ZoomStep, nowMs: number): Zoom {
  const quarter = (toMs - fromMs) / 4
  const moves = { in: [1, -1], out: [-2, 2], earlier: [-2, -2], later: [2, 2] } as const
  const [atStart, atEnd] = moves[step]
  const moved = { fromMs: fromMs + atStart * quarter, toMs: toMs + atEnd * quarter }
  // Behind the present there is nothing: what would reach there ends there.
  const beyond = Math.max(0, moved.toMs - Math.max(toMs, nowMs))
  return zoomBetween(moved.fromMs - beyond, moved.toMs - beyond)
}
