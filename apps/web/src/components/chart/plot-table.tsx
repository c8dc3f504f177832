import type { ReactNode } from 'react'

interface PlotTableProps {
  readonly caption: string
  readonly columns: readonly string[]
  readonly children: ReactNode
}

/** The numbers of a plot, for those who read them better than a drawing, and for pages without scripts. */
export function PlotTable({ caption, columns, children }: PlotTableProps) {
  return (
    <details className="text-sm">
      <summary className="text-faint hover:text-ink w-fit cursor-pointer py-2">The same as a table</summary>
      <div
        className="border-line max-h-72 overflow-auto rounded border"
        tabIndex={0}
        role="group"
        aria-label={`Table: ${caption}`}
      >
        <table className="w-full">
          <caption className="sr-only">{caption}</caption>
          <thead className="bg-sunken sticky top-0">
            <tr className="text-faint">
              {columns.map((column, index) => (
                <th
                  key={column}
                  scope="col"
                  className={`px-3 py-1.5 font-normal whitespace-nowrap ${index === 0 ? 'text-left' : 'text-right'}`}
                >
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      </div>
    </details>
  )
}

export function PlotRow({ children }: { readonly children: ReactNode }) {
  return <tr className="border-line border-t [&>td+td]:text-right [&>td]:px-3 [&>td]:py-1">{children}</tr>
}
