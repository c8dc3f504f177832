import { describeReserve } from '@headframe/core/accounting/ruin'
import { formatBtc } from '@headframe/core/units'
import type { EngineOptions } from '../env.js'
import type { Log } from '../log.js'

/** What an operator takes upon himself with FPPS, in words; undefined without such a port. */
export function fppsRisk({
  STRATUM_PORTS,
  FPPS_FEE_BASIS_POINTS,
  FPPS_RESERVE_BTC,
}: Pick<EngineOptions, 'STRATUM_PORTS' | 'FPPS_FEE_BASIS_POINTS' | 'FPPS_RESERVE_BTC'>): string | undefined {
  if (FPPS_RESERVE_BTC === undefined || !STRATUM_PORTS.some(({ mode }) => mode === 'fpps')) return undefined
  const held = `${formatBtc(FPPS_RESERVE_BTC)} BTC are declared for it`
  return `FPPS is at the pool's risk: ${describeReserve(FPPS_FEE_BASIS_POINTS)}; ${held}`
}

/** When a program starts: nobody may run FPPS without having been told. */
export function tellFppsRisk(options: EngineOptions, log: Log): void {
  const risk = fppsRisk(options)
  if (risk !== undefined) log.info(risk)
}
