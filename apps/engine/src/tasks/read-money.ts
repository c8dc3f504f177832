import { setTimeout as sleep } from 'node:timers/promises'
import { countAlarms } from '@headframe/db/alarm/count-alarms'
import type { Database } from '@headframe/db/database'
import { readPayoutFigures } from '@headframe/db/payout/read-figures'
import type { CoreWallet } from '../wallet/core-wallet.js'
import type { MoneyFigures } from '../metrics/payout-metrics.js'

/** Whoever scrapes does not wait longer for a wallet. */
const WALLET_PATIENCE_MS = 2_000

export interface MoneyModules {
  readonly db: Pick<Database, 'pool'>
  readonly wallet: Pick<CoreWallet, 'balanceSats'> | undefined
  readonly nowMs: () => number
}

/** How it stands with money now. Rejects when the database does not answer. */
export async function readMoney({ db, wallet, nowMs }: MoneyModules): Promise<MoneyFigures> {
  const [figures, alarms, walletHasSats] = await Promise.all([
    readPayoutFigures(db.pool),
    countAlarms(db.pool),
    wallet && balanceOf(wallet),
  ])
  return { ...figures, alarms, walletHasSats, nowMs: nowMs() }
}

async function balanceOf(wallet: Pick<CoreWallet, 'balanceSats'>): Promise<bigint | undefined> {
  const patience = sleep(WALLET_PATIENCE_MS, undefined, { ref: false })
  return Promise.race([wallet.balanceSats().catch(() => undefined), patience])
}
