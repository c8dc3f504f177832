import type { ReactNode } from 'react'

/** The box beside what is pointed at in a chart: when, then how much, then what it rests on. */
export function Tip({ when, children }: { readonly when: ReactNode; readonly children: ReactNode }) {
  return (
    <div className="border-edge bg-panel shadow-lift max-w-64 rounded border px-3 py-2 text-sm">
      <p className="text-faint">{when}</p>
      {children}
    </div>
  )
}
