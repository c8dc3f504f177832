'use client'

import { ToggleGroup } from 'radix-ui'
import { RANGES, RANGE_SHAPES, type Range } from '../../measure/range'

interface RangePickerProps {
  readonly range: Range
  readonly onPick: (range: Range) => void
}

export function RangePicker({ range, onPick }: RangePickerProps) {
  function pick(value: string): void {
    const picked = RANGES.find((candidate) => candidate === value)
    if (picked !== undefined) onPick(picked)
  }
  return (
    <ToggleGroup.Root
      type="single"
      value={range}
      onValueChange={pick}
      aria-label="Range of the chart"
      className="border-line flex rounded border text-sm"
    >
      {RANGES.map((value) => (
        <ToggleGroup.Item
          key={value}
          value={value}
          aria-label={RANGE_SHAPES[value].name}
          className="text-quiet hover:text-ink data-[state=on]:bg-ink data-[state=on]:text-panel min-h-9 min-w-11 px-2 first:rounded-l-[2px] last:rounded-r-[2px]"
        >
          {value}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}
