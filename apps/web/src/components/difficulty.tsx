import { formatCount, formatDifficulty } from '../format/count'

/** A difficulty, the whole number in the title. */
export function Difficulty({ value }: { readonly value: number }) {
  const exact = value >= 1 ? formatCount(Math.round(value)) : String(value)
  return (
    <span className="whitespace-nowrap" title={exact}>
      {formatDifficulty(value)}
    </span>
  )
}
