import type { MouseEvent, ReactNode } from 'react'
import { queryOfView, type ChartView } from '../../measure/chart-view'

interface ViewLinkProps {
  readonly view: ChartView
  readonly onPick: (view: ChartView) => void
  readonly label: string
  readonly isOn?: boolean
  readonly className?: string
  readonly children: ReactNode
}

/** A link to the same page with another view of its chart, which a plain click shows at once. */
export function ViewLink({ view, onPick, label, isOn, className, children }: ViewLinkProps) {
  function click(event: MouseEvent): void {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    onPick(view)
  }
  return (
    <a
      href={queryOfView(view)}
      onClick={click}
      aria-label={label}
      aria-current={isOn === true ? 'true' : undefined}
      className={className}
    >
      {children}
    </a>
  )
}
