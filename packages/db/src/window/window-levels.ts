/** A stretch of level L holds 32^L segments: those whose position, shifted right by 5 bits a level, is its number. */
const BITS_PER_LEVEL = 5n
export const WINDOW_LEVELS = [1, 2, 3] as const

/** Stretches `[from, to)` of a level; level 0 is the segments themselves. */
export interface StretchRange {
  readonly level: number
  readonly from: bigint
  readonly to: bigint
}

/** Stretches of a level up to here are whole once the segments up to `position` are. */
export function stretchesUpTo(level: number, position: bigint): bigint {
  return (position + 1n) >> (BITS_PER_LEVEL * BigInt(level))
}

/** In what a stretch of a level is counted in the level below. */
export function belowOf(stretch: bigint): bigint {
  return stretch << BITS_PER_LEVEL
}

/** The segments `[from, to)` in as few stretches as there are; those of segments behind `summed` are not there yet. */
export function coverSegments(from: bigint, to: bigint, summed: bigint): StretchRange[] {
  const ranges: StretchRange[] = []
  for (let at = from; at < to;) {
    const level = levelAt(at, to, summed)
    const bits = BITS_PER_LEVEL * BigInt(level)
    const stretch = at >> bits
    const last = ranges.at(-1)
    if (last?.level === level && last.to === stretch)
      ranges[ranges.length - 1] = { ...last, to: stretch + 1n }
    else ranges.push({ level, from: stretch, to: stretch + 1n })
    at += 1n << bits
  }
  return ranges
}

/** Of the largest stretch that begins at a segment, ends before another, and is there. */
function levelAt(at: bigint, to: bigint, summed: bigint): number {
  for (const level of [...WINDOW_LEVELS].reverse()) {
    const size = 1n << (BITS_PER_LEVEL * BigInt(level))
    if (at % size === 0n && at + size <= to && at + size <= summed + 1n) return level
  }
  return 0
}
