import { formatUtc } from '../../format/time'
import { HashrateValue } from '../hashrate-value'
import type { SeriesPoint } from './series'

interface ChartTableProps {
  readonly subject: string
  readonly series: readonly SeriesPoint[]
}

/** The chart's numbers, for those who read them better than a line. The newest first. */
export function ChartTable({ subject, series }: ChartTableProps) {
  // The last corner repeats the last bucket.
  const newestFirst = series.slice(0, -1).reverse()
  return (
    <details className="text-sm">
      <summary className="text-faint hover:text-ink w-fit cursor-pointer py-2">The same as a table</summary>
      <div
        className="border-line max-h-72 overflow-auto rounded border"
        tabIndex={0}
        role="group"
        aria-label="Table of the chart"
      >
        <table className="w-full">
          <caption className="sr-only">{subject} hashrate</caption>
          <thead className="bg-sunken sticky top-0">
            <tr className="text-faint text-left">
              <th scope="col" className="px-3 py-1.5 font-normal">
                From
              </th>
              <th scope="col" className="px-3 py-1.5 text-right font-normal">
                Hashrate
              </th>
              <th scope="col" className="px-3 py-1.5 text-right font-normal">
                Shares
              </th>
            </tr>
          </thead>
          <tbody>
            {newestFirst.map(({ point }) => (
              <tr key={point.startsAtMs} className="border-line border-t">
                <td className="px-3 py-1 whitespace-nowrap">{formatUtc(point.startsAtMs)}</td>
                <td className="px-3 py-1 text-right">
                  <HashrateValue hashrate={point.hashrate} />
                </td>
                <td className="px-3 py-1 text-right">
                  {point.hashrate.measured ? point.hashrate.shareCount : ''}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
