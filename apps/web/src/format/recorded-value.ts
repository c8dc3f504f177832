/** A value of the audit log, in a line. */
export function formatRecorded(value: unknown): string {
  if (value === undefined || value === null) return '—'
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** What was asked for, field by field. */
export function fieldsOf(value: unknown): [string, string][] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).map(([name, inner]) => [name, formatRecorded(inner)])
}

export interface ChangedField {
  readonly name: string
  readonly before: string
  readonly after: string
}

/** The fields that differ between how something was and how it is. */
export function changedFields(before: unknown, after: unknown): ChangedField[] {
  const [was, is] = [recordOf(before), recordOf(after)]
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .map((name) => ({ name, before: formatRecorded(was[name]), after: formatRecorded(is[name]) }))
    .filter((change) => change.before !== change.after)
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  if (value === undefined || value === null) return {}
  return typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : { value }
}
