import { useId, type SyntheticEvent } from 'react'

/** What a form asks for; the server has the last word on it. */
export interface FormWish {
  readonly name: string
  readonly scopes: string[]
  readonly expiresInDays: number
}

interface TokenFormProps {
  readonly kind: 'own' | 'operator'
  readonly isBusy: boolean
  readonly onWish: (wish: FormWish) => void
}

const SCOPE_TEXTS = {
  own: [
    ['own:read', 'Read what only you may see'],
    ['own:write', 'Change your settings'],
  ],
  operator: [
    ['operator:read', 'Read the console'],
    ['operator:write', 'Do what your role may do without a second factor'],
  ],
} as const

const DAYS = [30, 90, 365] as const
const BOX = 'border-edge bg-sunken min-h-11 w-full min-w-0 rounded border px-3 text-base lg:text-sm'

export function TokenForm({ kind, isBusy, onWish }: TokenFormProps) {
  const id = useId()
  function submit(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    onWish({
      name: textOf(data.get('name')),
      scopes: data.getAll('scope').map(textOf),
      expiresInDays: Number(textOf(data.get('days'))),
    })
  }
  return (
    <form onSubmit={submit} className="grid gap-4 sm:grid-cols-2">
      <div>
        <label htmlFor={`${id}name`} className="text-quiet mb-1 block text-sm">
          Name of the token
        </label>
        <input id={`${id}name`} name="name" required maxLength={60} autoComplete="off" className={BOX} />
      </div>
      <div>
        <label htmlFor={`${id}days`} className="text-quiet mb-1 block text-sm">
          Ends after
        </label>
        <select id={`${id}days`} name="days" defaultValue={90} className={BOX}>
          {DAYS.map((days) => (
            <option key={days} value={days}>
              {days} days
            </option>
          ))}
        </select>
      </div>
      <fieldset className="sm:col-span-2">
        <legend className="text-quiet mb-1 text-sm">It may</legend>
        {SCOPE_TEXTS[kind].map(([scope, text], index) => (
          <label key={scope} className="flex min-h-11 items-center gap-3 text-sm">
            <input
              type="checkbox"
              name="scope"
              value={scope}
              defaultChecked={index === 0}
              className="size-5"
            />
            {text} <code className="text-faint">{scope}</code>
          </label>
        ))}
      </fieldset>
      <button
        type="submit"
        disabled={isBusy}
        className="border-copper bg-copper text-on-copper min-h-11 rounded border px-4 text-sm disabled:opacity-50 sm:w-fit"
      >
        Make a token
      </button>
    </form>
  )
}

const textOf = (value: FormDataEntryValue | null): string => (typeof value === 'string' ? value : '')
