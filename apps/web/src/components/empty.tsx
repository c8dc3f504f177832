import type { ReactNode } from 'react'

/** What a section says when there is nothing in it, and what would put something there. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="border-line rounded border border-dashed px-4 py-8 text-center">
      <p className="font-medium">{title}</p>
      {children !== undefined && (
        <div className="text-quiet mx-auto mt-1 max-w-prose text-sm">{children}</div>
      )}
    </div>
  )
}
