import clsx from 'clsx'
import type { ReactNode } from 'react'

export interface Column {
  readonly name: string
  readonly hint?: ReactNode
  /** Numbers stand flush right. */
  readonly numeric?: boolean
}

interface RowsProps {
  /** Names the table to a screen reader. */
  readonly caption: string
  readonly columns: readonly Column[]
  /** Its columns need more room than a tablet has. */
  readonly isWide?: boolean
  readonly children: ReactNode
}

/**
 * A table that turns into cards on a phone, a wide one on a tablet too. Roles are written out, because a browser drops them from elements
 * whose `display` is changed.
 */
export function Rows({ caption, columns, isWide = false, children }: RowsProps) {
  return (
    <table
      role="table"
      aria-label={caption}
      className={clsx(
        'rows relative w-full border-collapse text-sm',
        isWide ? 'max-lg:cards' : 'max-sm:cards',
      )}
    >
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th
              key={column.name}
              role="columnheader"
              scope="col"
              className={clsx(
                'text-faint px-3 pb-2 font-normal whitespace-nowrap first:pl-0 last:pr-0',
                column.numeric === true ? 'text-right' : 'text-left',
              )}
            >
              {column.name} {column.hint}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">{children}</tbody>
    </table>
  )
}

export function Row({ children }: { readonly children: ReactNode }) {
  return <tr role="row">{children}</tr>
}

interface CellProps {
  /** Name of the column, shown before the value when the row is a card. */
  readonly label: string
  readonly numeric?: boolean
  /** How many of the three columns of a card it takes. */
  readonly span?: 2 | 3
  /** Stands in the upper right corner of a card, without its label; the first cell leaves room with a span of 2. */
  readonly isCorner?: boolean
  readonly children: ReactNode
}

export function Cell({ label, numeric, span, isCorner, children }: CellProps) {
  return (
    <td
      role="cell"
      data-label={label}
      data-span={span}
      data-corner={isCorner === true ? '' : undefined}
      className={clsx(
        'px-3 py-2.5 align-baseline first:pl-0 last:pr-0',
        numeric === true && 'text-right whitespace-nowrap',
      )}
    >
      {children}
    </td>
  )
}
