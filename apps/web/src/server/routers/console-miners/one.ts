import { listChanges, type RecordedChange } from '@headframe/db/account/list-changes'
import { readPayoutAddresses } from '@headframe/db/account/payout-address'
import { listChannels } from '@headframe/db/alert/channels'
import { findMinerOwner } from '@headframe/db/alert/owner'
import type { Queryable } from '@headframe/db/transaction'
import { readAddress, readMiner, requiredSettings } from '../../address'
import { operatorProcedure } from '../../trpc'
import { oneSchema } from './one.schema'

const MAX_CHANGES = 50

export const one = operatorProcedure(oneSchema).query(async ({ ctx, input }) => {
  const miner = await readMiner(ctx, input.address)
  if (miner === undefined) return null
  const { minerId, isUnlisted, firstSeenAtMs, lastShareAtMs, payoutThresholdSats } = miner
  const { pool } = ctx.database
  const [settings, payoutAddress, hasAlerts, changes, address] = await Promise.all([
    requiredSettings(ctx),
    readPayoutAddresses(pool, minerId, ctx.nowMs()),
    hasChannel(pool, minerId),
    listChanges(pool, minerId, undefined, MAX_CHANGES),
    readAddress(ctx, input.address),
  ])
  return {
    ...{ address, isUnlisted, firstSeenAtMs, lastShareAtMs, payoutAddress, hasAlerts },
    changes: changes.map(withoutLabel),
    ownThresholdSats: payoutThresholdSats,
    poolThresholdSats: settings.payouts?.thresholdSats,
  }
})

/** What a miner calls his workers is for himself. */
function withoutLabel(change: RecordedChange): RecordedChange {
  return change.what === 'worker' ? { ...change, before: undefined, after: undefined } : change
}

async function hasChannel(db: Queryable, minerId: number): Promise<boolean> {
  const owner = await findMinerOwner(db, minerId)
  return owner !== undefined && (await listChannels(db, owner.ownerId)).length > 0
}
