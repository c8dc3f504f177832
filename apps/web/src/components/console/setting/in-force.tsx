import type { inferRouterOutputs } from '@trpc/server'
import { CircleCheck } from 'lucide-react'
import type { AppRouter } from '../../../server/routers/root'
import { Notice } from '../../notice'

type Processes = inferRouterOutputs<AppRouter>['consoleSettings']['list']['processes']

/** Whether what was set at run time is taken everywhere. */
export function InForce({ processes }: { readonly processes: Processes }) {
  if (!processes.known)
    return (
      <Notice tone="wait" title="No stratum process reports what it goes by" role="status">
        A change is taken when serve runs and reaches Postgres.
      </Notice>
    )
  const late = processes.value.filter(({ isCurrent }) => !isCurrent)
  if (late.length === 0)
    return (
      <p className="text-copper flex items-center gap-2 text-sm" role="status">
        <CircleCheck size={16} aria-hidden="true" className="shrink-0" /> Every stratum process goes by what
        stands here
      </p>
    )
  return (
    <Notice tone="wait" title="The last change is not taken everywhere yet" role="status">
      {late.map(({ writerId }) => writerId).join(', ')}: within seconds, or when Postgres can be asked again.
    </Notice>
  )
}
