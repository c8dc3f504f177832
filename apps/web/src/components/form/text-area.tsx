import clsx from 'clsx'
import { useId, type ComponentProps } from 'react'

/** Lines to type or paste into, with their name above them. */
export function TextArea({
  label,
  className,
  ...area
}: ComponentProps<'textarea'> & { readonly label: string }) {
  const id = useId()
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="text-quiet mb-1 block text-sm">
        {label}
      </label>
      <textarea
        rows={4}
        {...area}
        id={id}
        className={clsx(
          'border-edge bg-sunken focus:border-copper w-full rounded border px-3 py-2 text-base',
          className,
        )}
      />
    </div>
  )
}
