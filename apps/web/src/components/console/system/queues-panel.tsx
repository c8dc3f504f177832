'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { formatCount } from '../../../format/count'
import { formatMs } from '../../../format/ms'
import { formatDuration } from '../../../format/time'
import { useTRPC } from '../../../trpc/client'
import { Age } from '../../age'
import { Empty } from '../../empty'
import { Hint } from '../../hint'
import { Notice } from '../../notice'
import { Panel } from '../../panel'
import { Cell, Row, Rows, type Column } from '../../rows'
import { WHY_UNKNOWN } from '../../status/status-state'
import { Unknown } from '../../unknown'
import { ActionDialog } from '../action-dialog'
import { Ahead } from './ahead'
import type { QueuesState, TaskState } from './system-state'

const COLUMNS: readonly Column[] = [
  { name: 'Task' },
  { name: 'Last run', numeric: true },
  { name: 'Next run', numeric: true },
  { name: 'Waiting', numeric: true },
  { name: 'Active', numeric: true },
  { name: 'Delayed', numeric: true },
  { name: 'Failed', numeric: true },
  { name: 'Action' },
]

/** What each is for, for whoever does not know it by its name. */
const PURPOSES: Readonly<Record<string, string>> = {
  'roll-up-shares': 'sums shares up for pages and windows',
  'watch-blocks': 'follows each block until it is mature or stale',
  'settle-block': 'splits blocks and books what is owed',
  'credit-fpps': 'pays FPPS shares',
  'pay-miners': 'plans, signs, sends and follows payouts',
  'answer-payout-requests': 'answers what operators ask of the wallet',
  'check-ledger': 'checks that the books add up',
  'publish-log': 'publishes what anybody may check',
  prune: 'removes what is old',
}

export function QueuesPanel({ report }: { readonly report: QueuesState }) {
  return (
    <Panel
      title="Tasks and queues"
      hint={
        <Hint term="a task">
          What settle does again and again, one run at a time. A run looks at how things are, so one more
          changes nothing that the next would not.
        </Hint>
      }
    >
      {report.known ? (
        <Queues report={report.value} />
      ) : (
        <Empty title={WHY_UNKNOWN[report.why]}>settle tells of its tasks every five seconds.</Empty>
      )}
    </Panel>
  )
}

type Known = Extract<QueuesState, { known: true }>['value']

function Queues({ report: { atMs, isSilent, tasks } }: { readonly report: Known }) {
  const scheduled = tasks.filter(({ everyMs }) => everyMs !== undefined)
  const queues = tasks.filter(({ everyMs }) => everyMs === undefined)
  return (
    <div className="grid gap-4">
      {isSilent && (
        <Notice tone="wrong" title="settle does not report: nothing runs">
          This is what it said <Age atMs={atMs} />.
        </Notice>
      )}
      <Rows caption="Tasks" columns={COLUMNS} isWide>
        {scheduled.map((task) => (
          <TaskRow key={task.name} task={task} />
        ))}
      </Rows>
      <AlertQueues queues={queues} />
      <LastErrors tasks={tasks} />
    </div>
  )
}

function TaskRow({ task }: { readonly task: TaskState }) {
  const { name, everyMs = 0, lastRun, nextRunAtMs, waiting, active, delayed, failed, isFailing } = task
  return (
    <Row>
      <Cell label="Task" span={3}>
        <span className="font-medium">{name}</span>
        {isFailing && <span className="text-oxide ml-2 text-xs font-medium">fails</span>}
        <span className="text-faint block text-xs">
          {PURPOSES[name] ?? 'a task'}, every {formatDuration(everyMs)}
        </span>
      </Cell>
      <Cell label="Last run" numeric>
        {lastRun === undefined ? (
          <Unknown why="it has not run yet" />
        ) : (
          <>
            <Age atMs={lastRun.atMs} />
            <span className="text-faint block text-xs">took {formatMs(lastRun.tookMs)}</span>
          </>
        )}
      </Cell>
      <Cell label="Next run" numeric>
        {nextRunAtMs === undefined ? <Unknown why="it is not scheduled" /> : <Ahead atMs={nextRunAtMs} />}
      </Cell>
      <Cell label="Waiting" numeric>
        {formatCount(waiting)}
      </Cell>
      <Cell label="Active" numeric>
        {formatCount(active)}
      </Cell>
      <Cell label="Delayed" numeric>
        {formatCount(delayed)}
      </Cell>
      <Cell label="Failed" numeric>
        {failed === 0 ? '0' : <span className="text-oxide">{formatCount(failed)}</span>}
      </Cell>
      <Cell label="Action" span={3}>
        <RunNow name={name} />
      </Cell>
    </Row>
  )
}

function RunNow({ name }: { readonly name: string }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const onSuccess = () => queryClient.invalidateQueries()
  const run = useMutation(trpc.consoleSystem.runTask.mutationOptions({ onSuccess }))
  return (
    <ActionDialog action="tasks.run" run={() => run.mutateAsync({ task: name })}>
      <p>
        The task {name} runs once more, within a second or behind a run that is under way. It does what its
        next run would do anyway, no more.
      </p>
    </ActionDialog>
  )
}

/** Queues without a schedule hold what waits to be sent; mostly nothing does. */
function AlertQueues({ queues }: { readonly queues: readonly TaskState[] }) {
  if (queues.length === 0) return null
  const busy = queues.filter(
    ({ waiting, active, delayed, failed }) => waiting + active + delayed + failed > 0,
  )
  return (
    <p className="text-quiet text-sm">
      {formatCount(queues.length)} queues of alerts, a pair for each kind of channel:{' '}
      {busy.length === 0
        ? 'nothing waits in any of them.'
        : `${busy
            .map(
              ({ name, waiting, active, delayed }) =>
                `${name} ${waiting} waiting, ${active} active, ${delayed} delayed`,
            )
            .join('; ')}.`}
    </p>
  )
}

function LastErrors({ tasks }: { readonly tasks: readonly TaskState[] }) {
  const errors = tasks
    .flatMap(({ name, errors: ofTask }) => ofTask.map((error) => ({ ...error, name })))
    .sort((a, b) => b.atMs - a.atMs)
  if (errors.length === 0) return <p className="text-quiet text-sm">No failure is remembered.</p>
  return (
    <details>
      <summary className="link min-h-11 cursor-pointer py-2">The last {errors.length} failures</summary>
      <ul className="divide-line divide-y text-sm">
        {errors.map(({ name, atMs, reason }, index) => (
          <li key={`${name} ${atMs} ${index}`} className="py-2">
            <span className="font-medium">{name}</span>{' '}
            <span className="text-faint">
              <Age atMs={atMs} />
            </span>
            <p className="text-quiet wrap-anywhere">{reason}</p>
          </li>
        ))}
      </ul>
    </details>
  )
}
