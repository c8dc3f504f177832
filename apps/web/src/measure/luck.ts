import { meanEffortBand, type Band } from './band'

/** A round that has ended, the effort of which is known. */
export interface EndedRound {
  readonly effort: number
}

/** Where the pool stood when a round ended. */
export interface LuckPoint {
  /** Rounds so far, this one included. */
  readonly rounds: number
  /** Work so far over what so many blocks take on average. */
  readonly meanEffort: number
  /** Where it lies in nine of ten cases by chance alone. */
  readonly band: Band
}

/** `rounds` in the order in which they ended, beginning behind `before` earlier ones. */
export function luckHistory(
  rounds: readonly EndedRound[],
  before: { readonly rounds: number; readonly effort: number } = { rounds: 0, effort: 0 },
): LuckPoint[] {
  let total = before.effort
  return rounds.map(({ effort }, index) => {
    total += effort
    const count = before.rounds + index + 1
    return { rounds: count, meanEffort: total / count, band: meanEffortBand(count) }
  })
}

export type Verdict = 'usual' | 'lucky' | 'unlucky'

/** What is luck, and what is within what chance does all the time. */
export function judgeLuck({ meanEffort, band }: Pick<LuckPoint, 'meanEffort' | 'band'>): Verdict {
  if (meanEffort < band.low) return 'lucky'
  return meanEffort > band.high ? 'unlucky' : 'usual'
}
