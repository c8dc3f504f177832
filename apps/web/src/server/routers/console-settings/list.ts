import {
  RUN_TIME_SETTING_NAMES,
  RUN_TIME_SETTINGS,
  type RunTimeSetting,
} from '@headframe/core/settings/run-time-setting'
import { readProgramSettings, type ProgramSettings } from '@headframe/db/settings/program-settings'
import { readRunTimeSettings } from '@headframe/db/settings/run-time-settings'
import type { PoolSettings } from '@headframe/db/pool/read-pool'
import { requiredSettings } from '../../address'
import { operatorProcedure } from '../../trpc'
import { listSchema } from './list.schema'
import { readTaken } from './taken'

export const list = operatorProcedure(listSchema).query(async ({ ctx }) => {
  const { pool } = ctx.database
  const inForce = await requiredSettings(ctx)
  const [stored, programs] = await Promise.all([readRunTimeSettings(pool), readProgramSettings(pool)])
  const settings = RUN_TIME_SETTING_NAMES.map((name) => {
    const { value, changedAtMs, changedBy } = stored.find((setting) => setting.name === name) ?? {}
    const environment = environmentOf(name, programs, inForce)
    return { name, ...RUN_TIME_SETTINGS[name], environment, value, changedAtMs, changedBy }
  })
  return { settings, processes: await readTaken(ctx, inForce, stored), programs: programs.map(shown) }
})

/** What `serve` was started with, on the host that started last. */
function environmentOf(
  name: RunTimeSetting,
  programs: readonly ProgramSettings[],
  { stratumPorts }: PoolSettings,
): string | undefined {
  if (name === 'SHARES_PER_MINUTE')
    return [...new Set(stratumPorts.map(({ sharesPerMinute }) => sharesPerMinute))].join(', ')
  const serve = programs.find(({ program }) => program === 'serve')
  return serve?.lines.find((line) => line.name === name)?.value
}

function shown({ lines, ...program }: ProgramSettings) {
  return { ...program, lines: lines.map(({ name, value, isDefault }) => ({ name, value, isDefault })) }
}
