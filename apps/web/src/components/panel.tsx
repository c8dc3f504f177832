import clsx from 'clsx'
import { useId, type ReactNode } from 'react'

interface PanelProps {
  readonly title: string
  /** Explains the title; stands right behind it. */
  readonly hint?: ReactNode
  /** Controls of the panel, at the far end of its title line. */
  readonly actions?: ReactNode
  readonly className?: string
  readonly children: ReactNode
}

/** A titled region of a page. */
export function Panel({ title, hint, actions, className, children }: PanelProps) {
  const headingId = useId()
  return (
    <section
      aria-labelledby={headingId}
      className={clsx('border-line bg-panel max-sm:deferred-28 min-w-0 rounded border p-4 sm:p-6', className)}
    >
      <div className="mb-4 flex min-h-9 flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="flex items-center gap-2">
          <h2 id={headingId} className="text-lg">
            {title}
          </h2>
          {hint}
        </div>
        {actions}
      </div>
      {children}
    </section>
  )
}
