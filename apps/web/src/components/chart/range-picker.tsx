import clsx from 'clsx'
import { RANGES, RANGE_SHAPES } from '../../measure/range'
import type { ChartView } from '../../measure/chart-view'
import { ViewLink } from './view-link'

interface RangePickerProps {
  readonly view: ChartView
  readonly onPick: (view: ChartView) => void
}

/** Links, so that they work before the page does, and can be opened elsewhere. */
export function RangePicker({ view, onPick }: RangePickerProps) {
  return (
    <div role="group" aria-label="Range of the chart" className="border-line flex rounded border text-sm">
      {RANGES.map((range) => {
        const isOn = range === view.range && view.zoom === undefined
        return (
          <ViewLink
            key={range}
            view={{ range }}
            onPick={onPick}
            label={RANGE_SHAPES[range].name}
            isOn={isOn}
            className={clsx(
              'inline-flex min-h-9 min-w-10 items-center justify-center px-2 first:rounded-l-[2px] last:rounded-r-[2px]',
              isOn ? 'bg-ink text-panel' : 'text-quiet hover:text-ink',
            )}
          >
            {range}
          </ViewLink>
        )
      })}
    </div>
  )
}
