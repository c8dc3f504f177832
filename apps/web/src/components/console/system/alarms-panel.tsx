import { CircleCheck, TriangleAlert } from 'lucide-react'
import { Hint } from '../../hint'
import { Lasting } from '../../lasting'
import { Panel } from '../../panel'
import type { ProcessesState } from './system-state'

export function AlarmsPanel({ alarms }: { readonly alarms: ProcessesState['alarms'] }) {
  return (
    <Panel
      title="Alarms in force"
      hint={
        <Hint term="an alarm">
          What a task of settle has found wrong and is still so: a task that fails, books that do not add up,
          a key that is not there. It goes by itself when it is well again.
        </Hint>
      }
    >
      {alarms.length === 0 ? (
        <p className="text-copper flex items-center gap-2 font-medium">
          <CircleCheck size={18} aria-hidden="true" /> None
        </p>
      ) : (
        <ul className="divide-line divide-y">
          {alarms.map(({ name, subject, message, sinceMs }) => (
            <li key={`${name} ${subject}`} className="flex gap-3 py-2.5">
              <TriangleAlert size={18} aria-hidden="true" className="text-oxide mt-0.5 shrink-0" />
              <div className="min-w-0">
                <p className="font-medium wrap-anywhere">
                  {name}
                  {subject !== '' && `: ${subject}`}{' '}
                  <span className="text-faint text-sm font-normal">
                    <Lasting sinceMs={sinceMs} />
                  </span>
                </p>
                <p className="text-quiet text-sm wrap-anywhere">{message}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
