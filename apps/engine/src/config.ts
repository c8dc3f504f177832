import { describeReserve } from '@headframe/core/accounting/ruin'
import { ConfigError, loadEngineOptions, loadSettingLines } from './env.js'

/** `npm run config`: what is in force and where it comes from; exit code 1 when the engine would not start with it. */
function printConfig(): number {
  for (const { name, value, isDefault } of loadSettingLines()) {
    const origin = value === undefined ? 'not set' : isDefault ? 'default' : 'environment'
    console.log(`${name.padEnd(44)} ${(value ?? '').padEnd(48)} ${origin}`)
  }
  try {
    const { STRATUM_PORTS, FPPS_FEE_BASIS_POINTS } = loadEngineOptions()
    if (STRATUM_PORTS.some(({ mode }) => mode === 'fpps')) {
      console.log(`\nFPPS is at the pool's risk: ${describeReserve(FPPS_FEE_BASIS_POINTS)}.`)
    }
    return 0
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    console.error(`\n${error.message}`)
    return 1
  }
}

process.exitCode = printConfig()
