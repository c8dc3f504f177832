import { useId, type SyntheticEvent } from 'react'
import type { Action, AlertOverview, ChannelChange } from './alerts-view'
import { LevelField, levelOf } from './level-field'
import { BOX, BUTTON, LABEL, MAIN_BUTTON, textOf } from './styles'

interface ChannelChangeFormProps {
  readonly channel: AlertOverview['channels'][number]
  readonly action: Action<ChannelChange>
  readonly onClose: () => void
}

/** What a channel is called and what is sent there. Where it leads to cannot be changed: nobody has proven another. */
export function ChannelChangeForm({ channel, action, onClose }: ChannelChangeFormProps) {
  const id = useId()
  function submit(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    action.mutate({ id: String(channel.id), name: textOf(form.get('name')), minLevel: levelOf(form) })
    onClose()
  }
  return (
    <form onSubmit={submit} className="grid w-full items-end gap-3 sm:grid-cols-[1fr_1fr_auto_auto]">
      <div className="min-w-0">
        <label htmlFor={id} className={LABEL}>
          Name
        </label>
        <input id={id} name="name" required maxLength={60} defaultValue={channel.name} className={BOX} />
      </div>
      <div className="min-w-0">
        <LevelField minLevel={channel.minLevel} />
      </div>
      <button type="submit" className={MAIN_BUTTON}>
        Save
      </button>
      <button type="button" className={BUTTON} onClick={onClose}>
        Close
      </button>
    </form>
  )
}
