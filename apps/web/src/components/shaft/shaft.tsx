import { formatEffort, roundsEndedBy } from '../../format/effort'
import {
  BOTTOM_Y,
  depthOf,
  HEIGHT,
  SHAFT_LEFT,
  SHAFT_MIDDLE,
  SHAFT_RIGHT,
  SURFACE_Y,
  WIDTH,
} from './geometry'
import { Headframe } from './headframe'

const CAGE_HEIGHT = 24
/** Efforts that the scale names; the expected one stands out. */
const MARKS = [0.25, 0.5, 1, 2, 3] as const
/** Shaft and cage do not touch. */
const CLEARANCE = 6

interface ShaftProps {
  /** Undefined when it is not known: the shaft stands empty. */
  readonly effort: number | undefined
}

/** The round as a cage that goes down a shaft with every share; its depth is in `geometry.ts`. */
export function Shaft({ effort }: ShaftProps) {
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className="h-auto w-full"
      role="img"
      aria-label={
        effort === undefined ? 'Effort of the round: unknown' : `Effort of the round: ${formatEffort(effort)}`
      }
    >
      <Walls />
      <Headframe />
      <text x={SHAFT_LEFT - 22} y={SURFACE_Y + 30} textAnchor="end" fontSize="12" fill="var(--color-faint)">
        rounds over
      </text>
      <text x={SHAFT_RIGHT + 22} y={SURFACE_Y + 30} fontSize="12" fill="var(--color-faint)">
        effort
      </text>
      {MARKS.map((mark) => (
        <Mark key={mark} effort={mark} />
      ))}
      {effort !== undefined && <Cage effort={effort} />}
    </svg>
  )
}

function Walls() {
  return (
    <g fill="none" stroke="var(--color-edge)" strokeWidth="1.5">
      <rect
        x={SHAFT_LEFT}
        y={SURFACE_Y}
        width={SHAFT_RIGHT - SHAFT_LEFT}
        height={BOTTOM_Y - SURFACE_Y}
        fill="var(--color-ground)"
        stroke="none"
      />
      <path d={`M${SHAFT_LEFT} ${SURFACE_Y}V${BOTTOM_Y}M${SHAFT_RIGHT} ${SURFACE_Y}V${BOTTOM_Y}`} />
      {/* The shaft goes on: a break line, as in a drawing that has no room for the rest. */}
      <path d={`M${SHAFT_LEFT - 8} ${BOTTOM_Y}h14l7-7 14 14 7-7h14`} />
    </g>
  )
}

function Mark({ effort }: ShaftProps & { readonly effort: number }) {
  const y = depthOf(effort)
  const isExpected = effort === 1
  const ink = isExpected ? 'var(--color-ink)' : 'var(--color-faint)'
  const weight = isExpected ? 600 : 400
  return (
    <g fontSize="12" fill={ink} fontWeight={weight}>
      <path
        d={`M${SHAFT_RIGHT} ${y}h14M${SHAFT_LEFT} ${y}h-14`}
        stroke={isExpected ? 'var(--color-ink)' : 'var(--color-edge)'}
        strokeWidth={isExpected ? 2 : 1}
      />
      <text x={SHAFT_LEFT - 22} y={y + 4} textAnchor="end">
        {Math.round(roundsEndedBy(effort) * 100)} of 100
      </text>
      <text x={SHAFT_RIGHT + 22} y={y + 4}>
        {effort * 100} %{isExpected ? ' expected' : ''}
      </text>
    </g>
  )
}

function Cage({ effort }: ShaftProps & { readonly effort: number }) {
  const depth = depthOf(effort) - SURFACE_Y
  const left = SHAFT_LEFT + CLEARANCE
  const width = SHAFT_RIGHT - SHAFT_LEFT - CLEARANCE * 2
  return (
    <g fill="var(--color-copper)">
      {/* As long as the shaft and moved with the cage; what is above the wheel is clipped away. */}
      <clipPath id="below-the-wheel">
        <rect x="0" y="27" width={WIDTH} height={HEIGHT} />
      </clipPath>
      <g clipPath="url(#below-the-wheel)">
        <g className="transition-transform duration-700" style={{ transform: `translateY(${depth}px)` }}>
          <rect x={SHAFT_MIDDLE - 1} y={SURFACE_Y - CAGE_HEIGHT - HEIGHT} width="2" height={HEIGHT} />
          <path
            d={`M${left} ${SURFACE_Y - CAGE_HEIGHT + 4}l${width / 2}-4 ${width / 2} 4V${SURFACE_Y}H${left}z`}
          />
          <path
            stroke="var(--color-panel)"
            strokeWidth="1.5"
            d={`M${left + 4} ${SURFACE_Y - CAGE_HEIGHT / 2 + 1}h${width - 8}`}
          />
        </g>
      </g>
    </g>
  )
}
