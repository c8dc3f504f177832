import clsx from 'clsx'
import { useId, type ComponentProps, type ReactNode } from 'react'

type Tone = 'plain' | 'main' | 'danger'

const TONES: Record<Tone, string> = {
  plain: 'border-edge hover:bg-line/50',
  main: 'border-copper bg-copper text-on-copper hover:opacity-90',
  danger: 'border-oxide/60 text-oxide hover:bg-oxide-wash',
}

interface ButtonProps extends ComponentProps<'button'> {
  readonly tone?: Tone
}

export function Button({ tone = 'plain', className, ...props }: ButtonProps) {
  return (
    <button
      type="button"
      className={clsx('min-h-11 rounded border px-4 text-sm disabled:opacity-50', TONES[tone], className)}
      {...props}
    />
  )
}

interface FieldProps {
  readonly label: string
  /** Under it, in a quiet line. */
  readonly note?: ReactNode
}

const BOX =
  'border-edge bg-sunken placeholder:text-faint w-full min-w-0 rounded border px-3 py-2 text-base lg:text-sm'

export function TextField({ label, note, className, ...props }: FieldProps & ComponentProps<'input'>) {
  const id = useId()
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="text-quiet mb-1 block text-sm">
        {label}
      </label>
      <input
        id={id}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        className={clsx(BOX, className)}
        {...props}
      />
      {note !== undefined && <p className="text-faint mt-1 text-sm">{note}</p>}
    </div>
  )
}

export function TextArea({ label, note, className, ...props }: FieldProps & ComponentProps<'textarea'>) {
  const id = useId()
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="text-quiet mb-1 block text-sm">
        {label}
      </label>
      <textarea id={id} autoComplete="off" spellCheck={false} className={clsx(BOX, className)} {...props} />
      {note !== undefined && <p className="text-faint mt-1 text-sm">{note}</p>}
    </div>
  )
}

/** What came of a change, for the eye and for a screen reader. */
export function Outcome({
  error,
  done,
}: {
  readonly error: { readonly message: string } | null
  readonly done?: string | undefined
}) {
  return (
    <p role="status" className={clsx('min-h-6 text-sm', error === null ? 'text-quiet' : 'text-oxide')}>
      {error?.message ?? done ?? ''}
    </p>
  )
}
