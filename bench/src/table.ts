/**
 * Text in columns, two spaces apart, with a line of dashes below the head.
 * @param rightAligned indexes of the columns of numbers
 */
export function formatTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  rightAligned: readonly number[],
): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]!.length)),
  )
  const format = (cells: readonly string[]): string =>
    cells
      .map((cell, column) =>
        rightAligned.includes(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
      )
      .join('  ')
      .trimEnd()
  const dashes = widths.map((width) => '-'.repeat(width))
  return [head, dashes, ...rows].map(format).join('\n')
}
