import { useId, type ReactNode } from 'react'

export interface Filter {
  readonly author?: string
  readonly action?: string
  readonly outcome?: 'done' | 'not-done' | 'unknown'
}

interface AuditFilterProps {
  readonly filter: Filter
  readonly authors: readonly string[]
  readonly onChange: (filter: Filter) => void
}

const KINDS = [
  ['payouts.', 'Payouts'],
  ['operators.', 'Operators'],
  ['session.', 'Signing in'],
] as const
const OUTCOMES = [
  ['done', 'Done'],
  ['not-done', 'Not done'],
  ['unknown', 'Cut off, or under way'],
] as const

/** Which part of the log is shown. */
export function AuditFilter({ filter, authors, onChange }: AuditFilterProps) {
  const set = (name: keyof Filter) => (value: string) => {
    const { [name]: _old, ...rest } = filter
    onChange(value === '' ? rest : { ...rest, [name]: value })
  }
  return (
    <div className="mb-4 grid gap-3 sm:grid-cols-3">
      <Choice label="By" value={filter.author} onChoose={set('author')}>
        {authors.map((author) => (
          <option key={author}>{author}</option>
        ))}
      </Choice>
      <Choice label="Kind" value={filter.action} onChoose={set('action')}>
        {KINDS.map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </Choice>
      <Choice label="Outcome" value={filter.outcome} onChoose={set('outcome')}>
        {OUTCOMES.map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </Choice>
    </div>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly value: string | undefined
  readonly onChoose: (value: string) => void
  readonly children: ReactNode
}

function Choice({ label, value, onChoose, children }: ChoiceProps) {
  const id = useId()
  return (
    <div>
      <label htmlFor={id} className="text-quiet mb-1 block text-sm">
        {label}
      </label>
      <select
        id={id}
        value={value ?? ''}
        onChange={(event) => onChoose(event.currentTarget.value)}
        className="border-edge bg-sunken min-h-11 w-full rounded border px-2"
      >
        <option value="">All</option>
        {children}
      </select>
    </div>
  )
}
