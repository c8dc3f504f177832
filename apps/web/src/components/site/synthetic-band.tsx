import { FlaskConical } from 'lucide-react'

/** On every page of a database that `npm run seed` has made: nobody may take it for a pool. */
export function SyntheticBand() {
  return (
    <p className="border-ochre/50 bg-ochre-wash text-ink flex items-center justify-center gap-2 border-b px-4 py-1.5 text-sm">
      <FlaskConical size={16} strokeWidth={1.75} aria-hidden="true" className="text-ochre shrink-0" />
      Synthetic data, made up to measure with: no pool, no miners, no coins.
    </p>
  )
}
