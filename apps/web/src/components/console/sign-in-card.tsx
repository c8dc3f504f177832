import type { ReactNode } from 'react'
import { Mark } from '../mark'

/** What stands before the console: one thing to do, in the middle of the page. */
export function SignInCard({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="border-line bg-panel mx-auto max-w-md rounded border p-5 sm:mt-8 sm:p-8">
      <div className="mb-5 flex items-center gap-3">
        <Mark size={26} />
        <h1 className="text-xl">{title}</h1>
      </div>
      {children}
    </div>
  )
}
