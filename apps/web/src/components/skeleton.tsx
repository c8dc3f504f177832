import clsx from 'clsx'

/** Holds the place of what is on its way, in its size. */
export function Skeleton({ className }: { readonly className?: string }) {
  return <span aria-hidden="true" className={clsx('bg-line animate-breathe block rounded', className)} />
}

/** Says once, to a screen reader, that a section is loading. */
export function Loading({ what, children }: { readonly what: string; readonly children: React.ReactNode }) {
  return (
    <div role="status">
      <span className="sr-only">Loading {what}</span>
      {children}
    </div>
  )
}
