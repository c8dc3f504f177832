import type { PoolSettings } from '@headframe/db/pool/read-pool'
import type { StoredSetting } from '@headframe/db/settings/run-time-settings'
import { z } from 'zod'
import type { Context } from '../../context'
import { readProcesses } from '../../live/read-live'
import { reading } from '../../schema/live'
import { listOf } from '../../schema/values'

export const taken = reading(listOf(z.object({ writerId: z.string(), isCurrent: z.boolean() }))).describe(
  'Stratum processes, and whether each has taken the last change.',
)

/** Who goes by what was set last. */
export async function readTaken(
  { live, nowMs }: Context,
  { network }: PoolSettings,
  stored: readonly StoredSetting[],
) {
  const read = await readProcesses(live.commands, network, nowMs())
  if (!read.known) return read
  const version = stored.reduce((latest, { changedAtMs }) => Math.max(latest, changedAtMs), 0)
  const isCurrent = (settingsVersion = 0) => settingsVersion === version
  return {
    known: true as const,
    value: read.value.map(([writerId, report]) => ({
      writerId,
      isCurrent: isCurrent(report.settingsVersion),
    })),
  }
}
