'use client'

import type { MouseEvent, ReactNode } from 'react'
import { queryOfWorkersView, type WorkersView } from '../../measure/workers-view'

export interface ViewPickerProps {
  readonly view: WorkersView
  readonly onPick: (view: WorkersView) => void
}

interface ViewLinkProps extends ViewPickerProps {
  readonly isCurrent?: boolean
  readonly className: string
  readonly children: ReactNode
}

/** A link, so that a list can be ordered before the page works, and handed on as it is. */
export function WorkersViewLink({ view, onPick, isCurrent = false, className, children }: ViewLinkProps) {
  function pick(event: MouseEvent): void {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    onPick(view)
    window.history.replaceState(null, '', queryOfWorkersView(view, window.location.search))
  }
  return (
    <a
      href={queryOfWorkersView(view)}
      aria-current={isCurrent ? 'true' : undefined}
      onClick={pick}
      className={className}
    >
      {children}
    </a>
  )
}
