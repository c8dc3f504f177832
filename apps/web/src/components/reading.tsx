import clsx from 'clsx'
import type { ReactNode } from 'react'

interface ReadingProps {
  readonly label: string
  readonly hint?: ReactNode
  readonly children: ReactNode
  /** A quiet line under the value: what it was measured from. */
  readonly note?: ReactNode
  readonly className?: string
}

/** One value with its name; to be used inside a <dl>. */
export function Reading({ label, hint, children, note, className }: ReadingProps) {
  return (
    <div className={clsx('min-w-0', className)}>
      <dt className="text-quiet flex items-center gap-1.5 text-sm">
        {label}
        {hint}
      </dt>
      <dd className="mt-0.5 text-xl font-medium tracking-tight">{children}</dd>
      {note !== undefined && <dd className="text-faint mt-0.5 text-sm">{note}</dd>}
    </div>
  )
}
