import { useId, type ReactNode } from 'react'

interface ChoiceProps {
  readonly label: string
  readonly value: string
  readonly onChoose: (value: string) => void
  /** The options. */
  readonly children: ReactNode
}

/** One of a few, with its name above it. */
export function Choice({ label, value, onChoose, children }: ChoiceProps) {
  const id = useId()
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="text-quiet mb-1 block text-sm">
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => onChoose(event.currentTarget.value)}
        className="border-edge bg-sunken min-h-11 w-full rounded border px-2"
      >
        {children}
      </select>
    </div>
  )
}
