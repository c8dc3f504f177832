/** What a spreadsheet would take for the beginning of a formula (OWASP, "CSV injection"). */
const FORMULA_START = /^[=+\-@\t\r]/
const NEEDS_QUOTES = /[",\r\n]/

/** A cell; only text can be taken for a formula, numbers are what they look like. */
export type CsvCell = string | number | bigint | undefined

/**
 * One record of RFC 4180, its line end included. Text that a spreadsheet would run as a formula gets an apostrophe
 * before it. Undefined is an empty cell.
 */
export function csvRecord(cells: readonly CsvCell[]): string {
  return `${cells.map(csvField).join(',')}\r\n`
}

function csvField(cell: CsvCell): string {
  if (cell === undefined) return ''
  if (typeof cell !== 'string') return String(cell)
  const text = FORMULA_START.test(cell) ? `'${cell}` : cell
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
