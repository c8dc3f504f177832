import { FPPS_RESERVE } from '@headframe/core/accounting/account'
import type { PastBlocks } from '@headframe/core/accounting/fpps'
import { riskOf } from '@headframe/core/accounting/ruin'
import type { Network } from '@headframe/core/chain/network'
import { subsidySats } from '@headframe/core/chain/subsidy'
import { formatBtc } from '@headframe/core/units'
import { setAlarm } from '@headframe/db/alarm/alarms'
import type { Database } from '@headframe/db/database'
import { creditStretch, hasUnpaidFpps, type FppsTerms } from '@headframe/db/fpps/credit-stretch'
import { readAccount } from '@headframe/db/ledger/read-account'
import { z } from 'zod'
import type { RpcClient } from '../bitcoind/rpc-client.js'
import type { Log } from '../log.js'
import { FeeReader } from '../payout/past-fees.js'
import { RARELY, type Task } from './task.js'

export interface CreditFppsOptions {
  readonly network: Network
  readonly feeBasisPoints: number
  /** Of the chain, whose fees are averaged. */
  readonly feeBlocks: number
  /** What the operator says that he holds for it. */
  readonly reserveSats: bigint
  readonly everyMs: number
}

export interface CreditFppsModules {
  readonly db: Database
  readonly rpc: Pick<RpcClient, 'call'>
  readonly log: Log
  readonly nowMs: () => number
}

/**
 * Pays what FPPS shares have come since it ran last, a stretch of the journal at a time: one posting a miner and
 * stretch. While the node is away they wait.
 */
export function creditFppsTask(options: CreditFppsOptions, modules: CreditFppsModules): Task {
  const { db, nowMs } = modules
  const fees = new FeeReader(modules.rpc, options.feeBlocks)
  const readTerms = async (): Promise<FppsTerms> => {
    const { tipHash, tipHeight, feesSats, blockCount } = await fees.read()
    const past = { subsidySats: subsidySats(tipHeight + 1, options.network), feesSats, blockCount }
    return { past, feeBasisPoints: options.feeBasisPoints, tipHash }
  }
  return {
    name: 'credit-fpps',
    schedule: { everyMs: options.everyMs },
    schema: z.object({}),
    policy: RARELY,
    async handler() {
      for (let isBehind = true; isBehind;) {
        const terms = (await hasUnpaidFpps(db.pool)) ? await readTerms() : undefined
        const progress = await creditStretch(db, terms, nowMs())
        isBehind = progress.isBehind
        if (terms !== undefined) await tellReserve(options, modules, terms.past, progress.creditedSats)
      }
    },
  }
}

/** What has been paid, and how far the reserve goes from here. */
async function tellReserve(
  { reserveSats, feeBasisPoints }: CreditFppsOptions,
  { db, log, nowMs }: CreditFppsModules,
  { subsidySats: subsidy, feesSats, blockCount }: PastBlocks,
  creditedSats: bigint,
): Promise<void> {
  const leftSats = reserveSats - (await readAccount(db.pool, FPPS_RESERVE))
  const risk = riskOf(leftSats, subsidy + feesSats / BigInt(blockCount), feeBasisPoints)
  const line = { creditedBtc: formatBtc(creditedSats), reserveBtc: formatBtc(leftSats), ...risk }
  const alarm = leftSats > 0n ? undefined : `The FPPS reserve is used up: ${formatBtc(leftSats)} BTC are left`
  await setAlarm(db.pool, 'fpps-reserve', '', alarm, nowMs())
  if (leftSats > 0n) log.info(line, 'FPPS shares are paid')
  else log.fatal(line, 'the FPPS reserve is used up: close the fpps ports, or add to it')
}
