import { roundsEndedBy } from '../../format/effort'

export const WIDTH = 288
export const HEIGHT = 410
/** Where the shaft begins and how deep it goes, in units of the drawing. */
export const SURFACE_Y = 84
const DEPTH = 304
export const SHAFT_LEFT = 124
export const SHAFT_RIGHT = 164
export const SHAFT_MIDDLE = (SHAFT_LEFT + SHAFT_RIGHT) / 2
export const BOTTOM_Y = SURFACE_Y + DEPTH + 10

/**
 * How deep an effort stands: the part of all rounds that have ended by then, 1 - e^-effort. So the scale never runs
 * out, however long the round, and the expected effort stands where 63 of 100 rounds are over.
 */
export function depthOf(effort: number): number {
  return SURFACE_Y + roundsEndedBy(effort) * DEPTH
}
