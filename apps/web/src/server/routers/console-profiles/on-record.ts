import { readProfileRules } from '@headframe/db/settings/profile-rules'
import type { ChangedBy } from '@headframe/db/settings/run-time-settings'
import type { RequestContext } from '../../context'
import { refuse, type ApiError } from '../../error/refuse'
import type { Change } from '../../operators/recorded-action'
import type { OperatorViewer } from '../../viewer'
import { DONE } from '../console-payouts/input'

interface Changing extends Pick<RequestContext, 'database' | 'nowMs'> {
  readonly viewer: OperatorViewer
  readonly change: Change
}

/** Changes the rule of a pattern, on record. */
export async function changeRule(
  { database: { pool }, nowMs, viewer, change }: Changing,
  pattern: string,
  run: (by: ChangedBy) => Promise<void>,
): Promise<typeof DONE> {
  await change.make(
    async () => {
      const rule = (await readProfileRules(pool)).find((each) => each.pattern === pattern)
      return { profile: rule?.profile ?? 'no rule' }
    },
    () => run({ author: viewer.name, atMs: nowMs() }),
  )
  return DONE
}

export const noRule = (pattern: string): ApiError =>
  refuse('not-found', `There is no rule for ${pattern}: it was removed.`)
