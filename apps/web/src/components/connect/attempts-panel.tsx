'use client'

import { useQuery } from '@tanstack/react-query'
import { Check, CircleDashed, X } from 'lucide-react'
import type { inferRouterOutputs } from '@trpc/server'
import type { ReactNode } from 'react'
import { closeText } from '../../format/close-reason'
import { formatDifficulty } from '../../format/count'
import { REJECT_TEXTS } from '../../format/reject-reason'
import type { AppRouter } from '../../server/routers/root'
import { useTRPC } from '../../trpc/client'
import { Age } from '../age'
import { Answer } from '../answer'
import { Empty } from '../empty'
import { Panel } from '../panel'
import { Skeleton } from '../skeleton'

type Attempts = inferRouterOutputs<AppRouter>['miner']['connections']['attempts']
type Attempt = Extract<Attempts, { known: true }>['value'][number]

/** Somebody stands beside his machine and waits. */
const REFRESH_MS = 2_000
const SHOWN = 5

/** Whether the miner has reached the pool, and how far it came. */
export function AttemptsPanel({ address }: { readonly address: string | undefined }) {
  return (
    <Panel title="4. What the pool sees of it">
      {address === undefined ? (
        <Empty title="Whose miner?">
          Put your address in above, and this shows its connections as they come.
        </Empty>
      ) : (
        <AttemptsOf address={address} />
      )}
    </Panel>
  )
}

function AttemptsOf({ address }: { readonly address: string }) {
  const trpc = useTRPC()
  const query = useQuery({
    ...trpc.miner.connections.queryOptions({ address }),
    refetchInterval: REFRESH_MS,
  })
  return (
    <Answer query={query} what="connections" loading={<Skeleton className="h-32" />}>
      {({ attempts }) => (
        <div role="status">
          {!attempts.known ? (
            <Empty title="The live feed (Redis) is away">
              What miners do now cannot be seen until it is back.
            </Empty>
          ) : attempts.value.length === 0 ? (
            <Empty title="No connection in the last half hour">
              Start the miner: it shows up here within seconds. If it does not, look below what came from your
              network.
            </Empty>
          ) : (
            <ul className="grid gap-5">
              {attempts.value.slice(0, SHOWN).map((attempt) => (
                <AttemptItem key={attempt.connection} attempt={attempt} />
              ))}
            </ul>
          )}
        </div>
      )}
    </Answer>
  )
}

function AttemptItem({ attempt }: { readonly attempt: Attempt }) {
  const { port, workerName, userAgent, connectedAtMs, authorizedAtMs, jobAtMs, difficulty, shareAtMs } =
    attempt
  return (
    <li className="text-sm">
      <p className="mb-1.5 font-medium">
        {workerName === '' ? 'A worker without a name' : workerName}{' '}
        <span className="text-faint font-normal">on port {port}</span>
      </p>
      <ol className="space-y-1">
        <Step state="done" atMs={connectedAtMs}>
          Connected
        </Step>
        <Step state="done" atMs={authorizedAtMs}>
          Taken as {userAgent === '' ? 'a miner that does not say what it is' : userAgent}
        </Step>
        <Step state={stateOf(jobAtMs, attempt)} atMs={jobAtMs}>
          {jobAtMs === undefined || difficulty === undefined
            ? 'First job'
            : `First job, at difficulty ${formatDifficulty(difficulty)}`}
        </Step>
        <Step state={stateOf(shareAtMs, attempt)} atMs={shareAtMs}>
          {shareAtMs === undefined ? 'First share' : 'First share accepted'}
        </Step>
        {attempt.rejects.map(({ reason, atMs }) => (
          <Step key={reason} state="wrong" atMs={atMs}>
            A share was rejected: {REJECT_TEXTS[reason] ?? reason}
          </Step>
        ))}
        {attempt.leftAtMs !== undefined && (
          <Step state="wrong" atMs={attempt.leftAtMs}>
            Gone: {closeText(attempt.leftReason ?? '')}
          </Step>
        )}
      </ol>
    </li>
  )
}

type State = 'done' | 'waits' | 'missing' | 'wrong'
const STATES: Readonly<
  Record<State, { readonly text: string; readonly Icon: typeof Check; readonly tone: string }>
> = {
  done: { text: 'Done: ', Icon: Check, tone: 'text-copper' },
  waits: { text: 'Waits: ', Icon: CircleDashed, tone: 'text-ochre' },
  missing: { text: 'Never came: ', Icon: CircleDashed, tone: 'text-faint' },
  wrong: { text: 'Wrong: ', Icon: X, tone: 'text-oxide' },
}

function stateOf(atMs: number | undefined, { leftAtMs }: Attempt): State {
  if (atMs !== undefined) return 'done'
  return leftAtMs === undefined ? 'waits' : 'missing'
}

interface StepProps {
  readonly state: State
  readonly atMs: number | undefined
  readonly children: ReactNode
}

function Step({ state, atMs, children }: StepProps) {
  const { text, Icon, tone } = STATES[state]
  return (
    <li className="flex gap-2">
      <Icon size={16} aria-hidden="true" className={`mt-0.5 shrink-0 ${tone}`} />
      <span className="min-w-0 wrap-anywhere">
        <span className="sr-only">{text}</span>
        {children}{' '}
        {atMs === undefined ? (
          <span className="text-faint">{state === 'waits' ? 'is awaited' : 'never came'}</span>
        ) : (
          <span className="text-faint">
            <Age atMs={atMs} />
          </span>
        )}
      </span>
    </li>
  )
}
