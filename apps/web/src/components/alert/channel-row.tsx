import { useState, type SyntheticEvent } from 'react'
import { ChannelChangeForm } from './channel-change-form'
import type { AlertActions, AlertOverview } from './alerts-view'
import { BOX, BUTTON, textOf } from './styles'

interface ChannelRowProps {
  readonly channel: AlertOverview['channels'][number]
  readonly actions: AlertActions
}

/** One channel: whether it works, and what can be done with it. Removing it is asked once more. */
export function ChannelRow({ channel, actions }: ChannelRowProps) {
  const [isAsked, setIsAsked] = useState(false)
  const [isChanged, setIsChanged] = useState(false)
  const { name, kind, hint, isVerified, failures } = channel
  const id = String(channel.id)
  const state = !isVerified
    ? 'waits for its code'
    : failures === 0
      ? 'works'
      : `failed ${failures} times in a row`
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 py-3">
      <div className="min-w-0 text-sm">
        <p className="wrap-anywhere">
          {name} <span className="text-faint">{kind}</span>
        </p>
        <p className="text-quiet wrap-anywhere">{hint}</p>
        <p className={failures > 0 ? 'text-oxide' : 'text-faint'}>{state}</p>
      </div>
      <div className="flex flex-wrap gap-2">
        {isVerified ? (
          <button
            type="button"
            className={BUTTON}
            disabled={actions.sendTest.isPending}
            onClick={() => actions.sendTest.mutate({ id })}
          >
            Test {name}
          </button>
        ) : (
          <CodeForm name={name} id={id} actions={actions} />
        )}
        <button
          type="button"
          className={BUTTON}
          aria-expanded={isChanged}
          onClick={() => setIsChanged(!isChanged)}
        >
          Change {name}
        </button>
        {isAsked ? (
          <>
            <button
              type="button"
              className={`${BUTTON} text-oxide`}
              disabled={actions.removeChannel.isPending}
              onClick={() => actions.removeChannel.mutate({ id })}
            >
              Remove {name} for good
            </button>
            <button type="button" className={BUTTON} onClick={() => setIsAsked(false)}>
              Keep it
            </button>
          </>
        ) : (
          <button type="button" className={BUTTON} onClick={() => setIsAsked(true)}>
            Remove {name}
          </button>
        )}
      </div>
      {isChanged && (
        <ChannelChangeForm
          channel={channel}
          action={actions.changeChannel}
          onClose={() => setIsChanged(false)}
        />
      )}
    </li>
  )
}

function CodeForm({
  name,
  id,
  actions,
}: {
  readonly name: string
  readonly id: string
  readonly actions: AlertActions
}) {
  function submit(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault()
    actions.verifyChannel.mutate({ id, code: textOf(new FormData(event.currentTarget).get('code')) })
  }
  return (
    <form onSubmit={submit} className="flex flex-wrap gap-2">
      <input
        name="code"
        aria-label={`Code that ${name} was sent`}
        placeholder="12345678"
        inputMode="numeric"
        autoComplete="one-time-code"
        required
        pattern="\d{8}"
        className={`${BOX} max-w-32`}
      />
      <button type="submit" className={BUTTON} disabled={actions.verifyChannel.isPending}>
        Confirm
      </button>
      <button
        type="button"
        className={BUTTON}
        disabled={actions.sendCode.isPending}
        onClick={() => actions.sendCode.mutate({ id })}
      >
        Send another code
      </button>
    </form>
  )
}
