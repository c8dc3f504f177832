import { ChevronLeft, ChevronRight, Maximize2, ZoomIn, ZoomOut, type LucideIcon } from 'lucide-react'
import { formatUtc } from '../../format/time'
import { stepZoom, type ChartView, type ZoomStep } from '../../measure/chart-view'
import type { Zoom } from '../../measure/range'
import { ViewLink } from './view-link'

const STEPS: readonly (readonly [ZoomStep, LucideIcon, string])[] = [
  ['in', ZoomIn, 'Zoom in'],
  ['out', ZoomOut, 'Zoom out'],
  ['earlier', ChevronLeft, 'Earlier'],
  ['later', ChevronRight, 'Later'],
]

interface ZoomBarProps {
  readonly view: ChartView
  /** What the chart shows now. */
  readonly shown: Zoom
  readonly onPick: (view: ChartView) => void
}

/** What dragging over the chart does, for keyboards, fingers and pages without scripts. */
export function ZoomBar({ view, shown, onPick }: ZoomBarProps) {
  const nowMs = shown.toMs
  return (
    <div className="text-faint flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      <div role="group" aria-label="Zoom of the chart" className="-ml-2 flex">
        {STEPS.map(([step, Icon, label]) => (
          <ViewLink
            key={step}
            view={{
              range: view.range,
              zoom: stepZoom(shown, step, view.zoom === undefined ? nowMs : Infinity),
            }}
            onPick={onPick}
            label={label}
            className={BUTTON}
          >
            <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
          </ViewLink>
        ))}
        {view.zoom !== undefined && (
          <ViewLink view={{ range: view.range }} onPick={onPick} label="Whole range" className={BUTTON}>
            <Maximize2 size={15} strokeWidth={1.75} aria-hidden="true" />
          </ViewLink>
        )}
      </div>
      <p role="status">
        {view.zoom === undefined ? '' : `${formatUtc(view.zoom.fromMs)} to ${formatUtc(view.zoom.toMs)}`}
      </p>
    </div>
  )
}

const BUTTON = 'hover:text-ink hover:bg-line/50 inline-flex size-9 items-center justify-center rounded'
