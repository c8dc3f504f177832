import { setTimeout as sleep } from 'node:timers/promises'
import { openPool } from '@headframe/db/open-pool'
import { leadPayouts, LostLead } from '@headframe/db/payout/lead-payouts'
import { RpcClient } from '@headframe/engine/bitcoind/rpc-client'
import { createLog } from '@headframe/engine/log'
import type { PaymentOptions } from '@headframe/engine/payout/payment-options'
import { payoutStore } from '@headframe/engine/payout/payout-store'
import { runPayouts } from '@headframe/engine/payout/run-payouts'
import { CoreWallet } from '@headframe/engine/wallet/core-wallet'

/** So that payouts have many steps, and few of them wait. */
const OPTIONS: PaymentOptions = {
  network: 'regtest',
  everyMs: 86_400_000,
  thresholdSats: 10_000n,
  minimumSats: 1_000n,
  maxAgeMs: undefined,
  maxOutputs: 3,
  dailyLimitSats: undefined,
  feePayer: 'pool',
  maxFeeRate: 100,
  confirmations: 3,
  bumpAfterMs: undefined,
  approvalAboveSats: undefined,
  signing: 'wallet',
}
const PAUSE_MS = 10

/** The process that is killed: what `settle` does of payouts, without a pause worth mentioning. */
const [databaseUrl = '', walletUrl = ''] = process.argv.slice(2)
const pool = openPool({ url: databaseUrl, maxConnections: 4 })
const wallet = new CoreWallet({ network: 'regtest', feeTargetBlocks: 6 }, new RpcClient({ url: walletUrl }))
const log = createLog({ level: 'info', name: 'pay' })
process.stdout.write('ready\n')
for (;;) {
  try {
    await leadPayouts({ pool }, (lead) =>
      runPayouts(OPTIONS, { store: payoutStore(lead), wallet, log, nowMs: Date.now }),
    )
  } catch (error) {
    if (!(error instanceof LostLead)) throw error
  }
  await sleep(PAUSE_MS)
}
