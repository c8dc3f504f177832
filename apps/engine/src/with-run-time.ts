import { numberOf, type RunTimeValues } from '@headframe/core/settings/run-time-setting'
import type { EngineOptions } from './env.js'

/** The options with what was set at run time in place of what stands in the environment. */
export function withRunTime(options: EngineOptions, values: RunTimeValues): EngineOptions {
  const or = (name: NumberSetting): number => numberOf(values, name) ?? options[name]
  return {
    ...options,
    STRATUM_MAX_CONNECTIONS: or('STRATUM_MAX_CONNECTIONS'),
    STRATUM_MAX_CONNECTIONS_PER_ADDRESS: or('STRATUM_MAX_CONNECTIONS_PER_ADDRESS'),
    STRATUM_BAN_MINUTES: or('STRATUM_BAN_MINUTES'),
    STRATUM_BAN_REJECT_PERCENT: or('STRATUM_BAN_REJECT_PERCENT'),
  }
}

type NumberSetting =
  | 'STRATUM_MAX_CONNECTIONS'
  | 'STRATUM_MAX_CONNECTIONS_PER_ADDRESS'
  | 'STRATUM_BAN_MINUTES'
  | 'STRATUM_BAN_REJECT_PERCENT'
