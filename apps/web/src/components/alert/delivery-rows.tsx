import { Age } from '../age'
import { Empty } from '../empty'
import type { Action, AlertDeliveries } from './alerts-view'
import { BUTTON } from './styles'

const STATES = { waiting: 'waits', sent: 'sent', dead: 'could not be delivered' } as const

interface DeliveryRowsProps {
  readonly page: AlertDeliveries
  readonly replay: Action<{ id: string }>
}

/** The newest messages: what they told, by which channel, and what became of them. */
export function DeliveryRows({ page, replay }: DeliveryRowsProps) {
  if (page.deliveries.length === 0)
    return <Empty title="Nothing yet">Messages are listed here once there are any.</Empty>
  return (
    <ul className="divide-line divide-y">
      {page.deliveries.map(({ id, channelName, kind, state, createdAtMs, attempts, answer, events }) => (
        <li
          key={String(id)}
          className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 py-3 text-sm"
        >
          <div className="min-w-0">
            {events.map(({ text }, at) => (
              <p key={at} className="wrap-anywhere">
                {text}
              </p>
            ))}
            <p className={state === 'dead' ? 'text-oxide' : 'text-faint'}>
              {channelName} ({kind}), <Age atMs={createdAtMs} />: {STATES[state]}
              {attempts > 1 && `, tried ${attempts} times`}
              {state !== 'sent' && answer !== undefined && `, last answer: ${answer}`}
            </p>
          </div>
          {state !== 'waiting' && (
            <button
              type="button"
              className={BUTTON}
              disabled={replay.isPending}
              onClick={() => replay.mutate({ id: String(id) })}
            >
              Send it again
            </button>
          )}
        </li>
      ))}
    </ul>
  )
}
