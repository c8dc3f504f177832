import { SHAFT_LEFT, SHAFT_MIDDLE, SHAFT_RIGHT, SURFACE_Y, WIDTH } from './geometry'

const WHEEL_Y = 16
const WHEEL_RADIUS = 11
/** The tower's braces: height, and where each side's leg stands at that height. */
const BRACES = [
  { y: 38, left: -11 },
  { y: 60, left: -15.5 },
] as const
const LEG_TOP_Y = WHEEL_Y + 6
const RIGHT_LEG = 8

/** The tower at the surface: sheave wheel, legs with braces, back-leg, and the ground it stands on. */
export function Headframe() {
  const x = SHAFT_MIDDLE
  return (
    <g fill="none" stroke="var(--color-ink)" strokeWidth="2">
      <circle cx={x} cy={WHEEL_Y} r={WHEEL_RADIUS} />
      <path
        strokeWidth="1"
        d={`M${x} ${WHEEL_Y - WHEEL_RADIUS}v${WHEEL_RADIUS * 2}M${x - WHEEL_RADIUS} ${WHEEL_Y}h${WHEEL_RADIUS * 2}`}
      />
      <path d={`M${x - 8} ${LEG_TOP_Y}L${x - 20} ${SURFACE_Y}M${x + RIGHT_LEG} ${LEG_TOP_Y}V${SURFACE_Y}`} />
      <path d={`M${x + RIGHT_LEG} ${LEG_TOP_Y + 6}L${x + 62} ${SURFACE_Y}`} />
      {BRACES.map(({ y, left }) => (
        <path
          key={y}
          strokeWidth="1.1"
          d={`M${x + left} ${y}H${x + RIGHT_LEG}L${x + left - 4.5} ${y + 22}`}
        />
      ))}
      <path strokeWidth="1.1" d={`M${x + RIGHT_LEG} 44L${x + 27} 49M${x + RIGHT_LEG} 66L${x + 27} 49`} />
      <Ground />
    </g>
  )
}

/** Ground is drawn as surveyors draw it: a line with strokes below. */
function Ground() {
  const strokes = (from: number, to: number) =>
    Array.from(
      { length: Math.floor((to - from) / 14) },
      (_, n) => `M${from + n * 14 + 9} ${SURFACE_Y + 1}l-6 7`,
    ).join('')
  return (
    <>
      <path d={`M0 ${SURFACE_Y}H${SHAFT_LEFT}M${SHAFT_RIGHT} ${SURFACE_Y}H${WIDTH}`} />
      <path
        stroke="var(--color-edge)"
        strokeWidth="1"
        d={strokes(0, SHAFT_LEFT - 8) + strokes(SHAFT_RIGHT + 4, WIDTH - 2)}
      />
    </>
  )
}
