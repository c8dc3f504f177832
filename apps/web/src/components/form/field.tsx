import clsx from 'clsx'
import { useId, type ComponentProps, type ReactNode } from 'react'

interface FieldProps extends ComponentProps<'input'> {
  readonly label: string
  /** Said under the field, before anything was typed. */
  readonly note?: ReactNode
}

/** A line to type into, with its name above it. */
export function Field({ label, note, className, ...input }: FieldProps) {
  const id = useId()
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="text-quiet mb-1 block text-sm">
        {label}
      </label>
      <input
        {...input}
        id={id}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        className={clsx(
          'border-edge bg-sunken focus:border-copper min-h-11 w-full rounded border px-3 py-2 text-base',
          className,
        )}
      />
      {note !== undefined && (
        <p id={`${id}-note`} className="text-faint mt-1 text-sm">
          {note}
        </p>
      )}
    </div>
  )
}
