import type { RunTimeSetting } from '@headframe/core/settings/run-time-setting'
import { readRunTimeSettings, saveRunTimeSetting } from '@headframe/db/settings/run-time-settings'
import type { RequestContext } from '../../context'
import type { Change } from '../../operators/recorded-action'
import type { OperatorViewer } from '../../viewer'
import { DONE } from '../console-payouts/input'

interface Changing extends Pick<RequestContext, 'database' | 'nowMs'> {
  readonly viewer: OperatorViewer
  readonly change: Change
}

/** Sets one, or gives it back to the environment, on record. */
export async function changeSetting(
  { database: { pool }, nowMs, viewer, change }: Changing,
  name: RunTimeSetting,
  value: string | undefined,
): Promise<typeof DONE> {
  await change.make(
    async () => {
      const stored = await readRunTimeSettings(pool)
      return { [name]: stored.find((setting) => setting.name === name)?.value ?? 'as in the environment' }
    },
    () => saveRunTimeSetting(pool, name, value, { author: viewer.name, atMs: nowMs() }),
  )
  return DONE
}
