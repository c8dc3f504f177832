import { FPPS_RESERVE } from '@headframe/core/accounting/account'
import { describeReserve, riskOf } from '@headframe/core/accounting/ruin'
import { subsidySats } from '@headframe/core/chain/subsidy'
import { readAccount } from '@headframe/db/ledger/read-account'
import { readChainTip } from '@headframe/db/pool/read-chain-tip'
import type { PoolSettings } from '@headframe/db/pool/read-pool'
import type { Context } from './context'

/** What the reserve of FPPS was said to be, what is left of it, and how far that goes; undefined without FPPS. */
export async function readFppsStatus({ database: { pool } }: Context, { fpps, network }: PoolSettings) {
  if (fpps === undefined) return undefined
  const { reserveSats, feeBasisPoints } = fpps
  const [usedSats, tip] = await Promise.all([readAccount(pool, FPPS_RESERVE), readChainTip(pool)])
  const leftSats = reserveSats - usedSats
  const risk = tip && riskOf(leftSats, subsidySats(tip.height + 1, network), feeBasisPoints)
  return { reserveSats, leftSats, feeBasisPoints, bound: describeReserve(feeBasisPoints), risk }
}
