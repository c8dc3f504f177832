/** Rows of cells as lines with aligned columns, the headings first. */
export function textTable(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = [headings, ...rows]
  const widths = headings.map((_, column) => Math.max(...table.map((row) => row[column]!.length)))
  const lineOf = (row: readonly string[]) =>
    row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ')
  return table.map((row) => lineOf(row).trimEnd()).join('\n')
}
