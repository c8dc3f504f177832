import { describeReserve } from '@headframe/core/accounting/ruin'
import { formatBtc } from '@headframe/core/units'
import type { EngineOptions } from '../env.js'
import type { Log } from '../log.js'
import { fppsPortTerms } from './payout-terms.js'

/** What an operator takes upon himself with FPPS, in words; undefined without such a port. */
export function fppsRisk(options: EngineOptions): string | undefined {
  const terms = fppsPortTerms(options)
  if (terms === undefined) return undefined
  const held = `${formatBtc(terms.reserveSats)} BTC are declared for it`
  return `FPPS is at the pool's risk: ${describeReserve(terms.feeBasisPoints)}; ${held}`
}

/** When a program starts: nobody may run FPPS without having been told. */
export function tellFppsRisk(options: EngineOptions, log: Log): void {
  const risk = fppsRisk(options)
  if (risk !== undefined) log.info(risk)
}
