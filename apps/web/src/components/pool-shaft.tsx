import { formatEffort, roundsEndedBy } from '../format/effort'

const WIDTH = 190
const HEIGHT = 300
/** Where the shaft begins and how deep it goes, in units of the drawing. */
const SURFACE_Y = 78
const DEPTH = 200
const SHAFT_X = 62
const SHAFT_WIDTH = 34
const CAGE_HEIGHT = 20
const MARKS = [0.5, 1, 2, 3] as const

/**
 * Effort as depth in a shaft. Depth is the part of all rounds that have ended by then, 1 - e^-effort: so the scale
 * never runs out, however long the round, and the expected effort stands where 63 of 100 rounds are over.
 */
export function PoolShaft({ effort }: { readonly effort: number | undefined }) {
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className="h-auto w-full max-w-[12rem]"
      role="img"
      aria-label={
        effort === undefined ? 'Effort of the round: unknown' : `Effort of the round: ${formatEffort(effort)}`
      }
    >
      <Headframe />
      <Shaft />
      {MARKS.map((mark) => (
        <Mark key={mark} effort={mark} />
      ))}
      {effort !== undefined && <Cage effort={effort} />}
    </svg>
  )
}

function yOf(effort: number): number {
  return SURFACE_Y + roundsEndedBy(effort) * DEPTH
}

function Headframe() {
  const x = SHAFT_X + SHAFT_WIDTH / 2
  return (
    <g fill="none" stroke="var(--color-ink)" strokeWidth="2">
      <path
        d={`M${x - 7} 20 L${x - 17} ${SURFACE_Y} M${x + 6} 20 V${SURFACE_Y} M${x + 6} 26 L${x + 46} ${SURFACE_Y}`}
      />
      <path
        strokeWidth="1.1"
        d={`M${x - 10} 38 H${x + 6} M${x - 13.5} 58 H${x + 6} M${x - 10} 38 L${x + 6} 58 M${x - 13.5} 58 L${x + 6} ${SURFACE_Y} M${x + 6} 44 L${x + 24} 47 M${x + 6} 62 L${x + 24} 47`}
      />
      <circle cx={x} cy="14" r="9.5" />
      <path strokeWidth="1" d={`M${x} 4.5 V23.5 M${x - 9.5} 14 H${x + 9.5}`} />
    </g>
  )
}

function Shaft() {
  const left = SHAFT_X
  const right = SHAFT_X + SHAFT_WIDTH
  const bottom = SURFACE_Y + DEPTH + 8
  return (
    <g>
      <path
        d={`M4 ${SURFACE_Y} H${left} M${right} ${SURFACE_Y} H${WIDTH - 4}`}
        stroke="var(--color-ink)"
        strokeWidth="2"
      />
      <rect
        x={left}
        y={SURFACE_Y}
        width={SHAFT_WIDTH}
        height={bottom - SURFACE_Y}
        fill="var(--color-sunken)"
      />
      <path
        d={`M${left} ${SURFACE_Y} V${bottom} M${right} ${SURFACE_Y} V${bottom}`}
        stroke="var(--color-edge)"
        strokeWidth="1.5"
      />
      {/* The shaft goes on: a break line, as in a drawing that has no room for the rest. */}
      <path
        d={`M${left - 6} ${bottom} l8 -4 l6 8 l7 -9 l7 9 l6 -8 l8 6`}
        fill="none"
        stroke="var(--color-edge)"
        strokeWidth="1.5"
      />
    </g>
  )
}

function Mark({ effort }: { readonly effort: number }) {
  const y = yOf(effort)
  const isExpected = effort === 1
  const x = SHAFT_X + SHAFT_WIDTH
  return (
    <g>
      <path
        d={`M${x} ${y} H${x + 12} M${SHAFT_X} ${y} H${SHAFT_X - 12}`}
        stroke={isExpected ? 'var(--color-ink)' : 'var(--color-edge)'}
        strokeWidth={isExpected ? 2 : 1}
      />
      <text x={x + 18} y={y + 4} fontSize="12" fill={isExpected ? 'var(--color-ink)' : 'var(--color-faint)'}>
        {isExpected ? 'expected' : `${effort * 100} %`}
      </text>
    </g>
  )
}

function Cage({ effort }: { readonly effort: number }) {
  const x = SHAFT_X + SHAFT_WIDTH / 2
  const y = yOf(effort)
  return (
    <g>
      <path d={`M${x} 23 V${y}`} stroke="var(--color-copper)" strokeWidth="2" />
      <rect
        x={SHAFT_X + 5}
        y={y - CAGE_HEIGHT}
        width={SHAFT_WIDTH - 10}
        height={CAGE_HEIGHT}
        fill="var(--color-copper)"
      />
    </g>
  )
}
