import { ConfigError, loadEngineOptions, loadSettingLines } from './env.js'
import { fppsRisk } from './payout/fpps-risk.js'

/** `npm run config`: what is in force and where it comes from; exit code 1 when the engine would not start with it. */
function printConfig(): number {
  for (const { name, value, isDefault } of loadSettingLines()) {
    const origin = value === undefined ? 'not set' : isDefault ? 'default' : 'environment'
    console.log(`${name.padEnd(44)} ${(value ?? '').padEnd(48)} ${origin}`)
  }
  try {
    const risk = fppsRisk(loadEngineOptions())
    if (risk !== undefined) console.log(`\n${risk}.`)
    return 0
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    console.error(`\n${error.message}`)
    return 1
  }
}

process.exitCode = printConfig()
