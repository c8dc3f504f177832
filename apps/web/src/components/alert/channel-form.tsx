import { useId, useState, type SyntheticEvent } from 'react'
import type { Action, AlertOverview, NewChannel } from './alerts-view'
import { LevelField, levelOf } from './level-field'
import { BOX, LABEL, MAIN_BUTTON, textOf } from './styles'

type Kind = NewChannel['target']['kind']
type Offers = NonNullable<AlertOverview['offers']>

interface Field {
  readonly name: string
  readonly label: string
  readonly isOptional?: boolean
}

const KINDS: Readonly<Record<Kind, { readonly title: string; readonly fields: readonly Field[] }>> = {
  email: { title: 'E-mail', fields: [{ name: 'address', label: 'Address' }] },
  telegram: {
    title: 'Telegram',
    fields: [
      { name: 'chatId', label: 'Chat: a number, or @channel' },
      { name: 'token', label: 'Token of your own bot', isOptional: true },
    ],
  },
  discord: { title: 'Discord', fields: [{ name: 'url', label: 'URL of a webhook' }] },
  ntfy: {
    title: 'ntfy',
    fields: [
      { name: 'topic', label: 'Topic' },
      { name: 'server', label: 'Your own server', isOptional: true },
      { name: 'token', label: 'Access token', isOptional: true },
    ],
  },
  nostr: {
    title: 'Nostr',
    fields: [
      { name: 'key', label: 'npub1...' },
      { name: 'relays', label: 'Relays, behind commas', isOptional: true },
    ],
  },
  webhook: { title: 'Webhook', fields: [{ name: 'url', label: 'URL, https://' }] },
}

/** Adds a channel; the server has the last word on what is entered. */
export function ChannelForm({
  offers,
  action,
}: {
  readonly offers: Offers
  readonly action: Action<NewChannel>
}) {
  const id = useId()
  const [kind, setKind] = useState<Kind>(offers.kinds[0] ?? 'webhook')
  function submit(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const fields = KINDS[kind].fields.flatMap(({ name }) => {
      const value = textOf(data.get(name))
      return value === '' ? [] : [[name, name === 'relays' ? value.split(/[\s,]+/) : value] as const]
    })
    action.mutate({
      name: textOf(data.get('name')),
      minLevel: levelOf(data),
      target: { kind, ...Object.fromEntries(fields) } as NewChannel['target'],
    })
  }
  return (
    <form onSubmit={submit} className="grid gap-4 sm:grid-cols-2">
      <div>
        <label htmlFor={`${id}kind`} className={LABEL}>
          Kind
        </label>
        <select
          id={`${id}kind`}
          value={kind}
          onChange={({ target }) => setKind(target.value as Kind)}
          className={BOX}
        >
          {offers.kinds.map((each) => (
            <option key={each} value={each}>
              {KINDS[each].title}
            </option>
          ))}
        </select>
      </div>
      <div>
        <label htmlFor={`${id}name`} className={LABEL}>
          What you call it
        </label>
        <input id={`${id}name`} name="name" required maxLength={60} autoComplete="off" className={BOX} />
      </div>
      {KINDS[kind].fields.map(({ name, label, isOptional }) => (
        <div key={`${kind}${name}`}>
          <label htmlFor={`${id}${name}`} className={LABEL}>
            {label}
            {isOptional === true && ' (optional)'}
          </label>
          <input
            id={`${id}${name}`}
            name={name}
            required={isOptional !== true}
            autoComplete="off"
            className={BOX}
          />
        </div>
      ))}
      <div>
        <LevelField minLevel="info" />
      </div>
      <button type="submit" disabled={action.isPending} className={`${MAIN_BUTTON} sm:col-span-2`}>
        Add it, and send a code there
      </button>
    </form>
  )
}
