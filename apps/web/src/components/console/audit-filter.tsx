import type { ReactNode } from 'react'
import { Choice } from '../form/choice'

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
  ['bans.', 'Bans'],
  ['sessions.', 'Stratum sessions'],
  ['settings.', 'Settings'],
  ['profiles.', 'Client profiles'],
  ['session.', 'Signing in'],
  ['account.', 'What one signs in with'],
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
      <Part label="By" value={filter.author} onChoose={set('author')}>
        {authors.map((author) => (
          <option key={author}>{author}</option>
        ))}
      </Part>
      <Part label="Kind" value={filter.action} onChoose={set('action')}>
        {KINDS.map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </Part>
      <Part label="Outcome" value={filter.outcome} onChoose={set('outcome')}>
        {OUTCOMES.map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </Part>
    </div>
  )
}

interface PartProps {
  readonly label: string
  readonly value: string | undefined
  readonly onChoose: (value: string) => void
  readonly children: ReactNode
}

/** One of these, or all. */
function Part({ value, children, ...choice }: PartProps) {
  return (
    <Choice {...choice} value={value ?? ''}>
      <option value="">All</option>
      {children}
    </Choice>
  )
}
