import { useId, type SyntheticEvent } from 'react'
import type { Action, AlertOverview, Wishes } from './alerts-view'
import { BOX, LABEL, MAIN_BUTTON, textOf } from './styles'

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
const minuteOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))

interface WishesFormProps {
  readonly wishes: AlertOverview['wishes']
  readonly action: Action<Wishes>
}

/** Quiet hours, time zone and grouping. */
export function WishesForm({ wishes, action }: WishesFormProps) {
  const id = useId()
  const { quietHours } = wishes
  function submit(event: SyntheticEvent<HTMLFormElement>): void {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const [from, until] = [textOf(data.get('from')), textOf(data.get('until'))]
    action.mutate({
      timeZone: textOf(data.get('zone')),
      quietHours:
        from === '' || until === '' ? null : { fromMinute: minuteOf(from), untilMinute: minuteOf(until) },
      urgentPasses: data.has('urgent'),
      groupingSeconds: Number(textOf(data.get('grouping'))),
    })
  }
  return (
    <form onSubmit={submit} className="grid gap-4 sm:grid-cols-2">
      <div>
        <label htmlFor={`${id}from`} className={LABEL}>
          Quiet from
        </label>
        <input
          id={`${id}from`}
          name="from"
          type="time"
          defaultValue={quietHours === null ? '' : clock(quietHours.fromMinute)}
          className={BOX}
        />
      </div>
      <div>
        <label htmlFor={`${id}until`} className={LABEL}>
          until
        </label>
        <input
          id={`${id}until`}
          name="until"
          type="time"
          defaultValue={quietHours === null ? '' : clock(quietHours.untilMinute)}
          className={BOX}
        />
      </div>
      <div>
        <label htmlFor={`${id}zone`} className={LABEL}>
          Time zone
        </label>
        <input
          id={`${id}zone`}
          name="zone"
          required
          defaultValue={wishes.timeZone}
          placeholder="Europe/Vienna"
          className={BOX}
        />
      </div>
      <div>
        <label htmlFor={`${id}grouping`} className={LABEL}>
          Wait for others, to tell them together (seconds)
        </label>
        <input
          id={`${id}grouping`}
          name="grouping"
          type="number"
          required
          min={0}
          max={3600}
          defaultValue={wishes.groupingSeconds}
          className={BOX}
        />
      </div>
      <label className="flex min-h-11 items-center gap-3 text-sm sm:col-span-2">
        <input type="checkbox" name="urgent" defaultChecked={wishes.urgentPasses} className="size-5" />
        What is urgent is told in quiet hours, too
      </label>
      <button type="submit" disabled={action.isPending} className={MAIN_BUTTON}>
        Save
      </button>
    </form>
  )
}
