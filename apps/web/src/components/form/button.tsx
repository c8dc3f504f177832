import clsx from 'clsx'
import type { ComponentProps } from 'react'

type Tone = 'plain' | 'main' | 'danger'

const TONES: Record<Tone, string> = {
  plain: 'border-edge text-ink hover:bg-line/50',
  main: 'border-copper bg-copper text-on-copper hover:opacity-90',
  danger: 'border-oxide bg-oxide-wash text-oxide hover:bg-oxide/15',
}

/** A button that does something; `main` is the one that a form is there for, `danger` what cannot be taken back. */
export function Button({
  tone = 'plain',
  className,
  ...props
}: ComponentProps<'button'> & { readonly tone?: Tone }) {
  return (
    <button
      type="button"
      {...props}
      className={clsx(
        'inline-flex min-h-11 items-center justify-center gap-2 rounded border px-4 font-medium disabled:opacity-60',
        TONES[tone],
        className,
      )}
    />
  )
}
