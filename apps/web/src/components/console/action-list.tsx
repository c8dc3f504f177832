import type { inferRouterOutputs } from '@trpc/server'
import { CircleCheck, CircleDashed, CircleX } from 'lucide-react'
import type { AppRouter } from '../../server/routers/root'
import { Age } from '../age'
import { changedFields, fieldsOf } from '../../format/recorded-value'

type Action = inferRouterOutputs<AppRouter>['console']['actions']['actions'][number]

/** Actions of the audit log, one a card, with what each changed. */
export function ActionList({ actions }: { readonly actions: readonly Action[] }) {
  return (
    <ol aria-label="Actions" className="divide-line divide-y">
      {actions.map((action) => (
        <ActionItem key={String(action.id)} action={action} />
      ))}
    </ol>
  )
}

function ActionItem({
  action: { atMs, author, action, subject, input, outcome },
}: {
  readonly action: Action
}) {
  const asked = fieldsOf(input)
  const changes = outcome === undefined ? [] : changedFields(outcome.before, outcome.after)
  return (
    <li className="py-3">
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <span className="font-medium wrap-anywhere">{author}</span>
        <span className="font-mono text-sm wrap-anywhere">{action}</span>
        {subject !== undefined && <span className="wrap-anywhere">{subject}</span>}
        <Outcome outcome={outcome} />
        <span className="text-faint ml-auto text-sm whitespace-nowrap">
          <Age atMs={atMs} />
        </span>
      </p>
      {outcome?.problem !== undefined && (
        <p className="text-oxide mt-1 text-sm wrap-anywhere">{outcome.problem}</p>
      )}
      {(asked.length > 0 || changes.length > 0) && (
        <dl className="text-quiet mt-1 grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-0.5 text-sm">
          {asked.map(([name, value]) => (
            <Line key={`asked ${name}`} name={name} value={value} />
          ))}
          {changes.map(({ name, before, after }) => (
            <Line key={name} name={name} value={`${before} → ${after}`} />
          ))}
        </dl>
      )}
    </li>
  )
}

function Line({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className="flex flex-wrap gap-x-2">
      <dt className="text-faint wrap-anywhere">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">{value}</dd>
    </div>
  )
}

function Outcome({ outcome }: Pick<Action, 'outcome'>) {
  if (outcome === undefined)
    return (
      <span
        className="text-ochre whitespace-nowrap"
        title="It was cut off, or is under way: look whether it was done"
      >
        <CircleDashed size={15} aria-hidden="true" className="mr-1 inline align-[-0.15em]" />
        no end yet
      </span>
    )
  const isDone = outcome.problem === undefined
  const Icon = isDone ? CircleCheck : CircleX
  return (
    <span className={isDone ? 'text-copper whitespace-nowrap' : 'text-oxide whitespace-nowrap'}>
      <Icon size={15} aria-hidden="true" className="mr-1 inline align-[-0.15em]" />
      {isDone ? 'done' : 'not done'}
    </span>
  )
}
