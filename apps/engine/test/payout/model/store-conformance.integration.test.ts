import { minerAccount, WALLET } from '@headframe/core/accounting/account'
import { parseAddress } from '@headframe/core/chain/address'
import { parseTransaction, serialiseTransaction, type Transaction } from '@headframe/core/chain/transaction'
import type { PayoutItem } from '@headframe/core/payout/batch'
import { postCorrection } from '@headframe/db/ledger/post-correction'
import { readBalances } from '@headframe/db/ledger/read-balances'
import { declareSends } from '@headframe/db/payout/declare-sends'
import { leadPayouts } from '@headframe/db/payout/lead-payouts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { payoutStore, type PayoutStore } from '../../../src/payout/payout-store.js'
import { ownDatabase } from '../../own-database.js'
import { psbtOf } from '../psbt-of.js'
import { txidOf } from './coins.js'
import { ModelStore, type Written } from './model-store.js'
import { OWED } from './world.js'

const own = ownDatabase()
const HASHES = ['a', 'b'].map((digit) => digit.repeat(64))
const NOW_MS = Date.UTC(2026, 0, 2)

const ITEMS: readonly PayoutItem[] = OWED.map(([address]) => {
  const parsed = parseAddress(address, 'regtest')
  if (!parsed.ok) throw new Error(parsed.message)
  return { address, script: parsed.script, amountSats: 1_000n }
})

/** Different for each batch and version, as the database knows no transaction twice. */
function unsignedOf(id: bigint, number: number): Transaction {
  const input = { prevTxid: new Uint8Array(32).fill(number), prevIndex: Number(id), script: new Uint8Array() }
  return {
    version: 2,
    inputs: [{ ...input, sequence: 0, witness: [] }],
    outputs: ITEMS.map(({ script, amountSats }) => ({ script, valueSats: amountSats })),
    locktime: 0,
  }
}

type Call = (store: PayoutStore, id: bigint) => Promise<unknown>

const step = (name: string, call: Call): readonly [string, Call] => [name, call]

const fund =
  (n: number): Call =>
  (store, id) => {
    const version = {
      psbt: psbtOf(unsignedOf(id, n)),
      feeSats: BigInt(n),
      feeRate: n,
      fundedHeight: n,
      fundedAtMs: NOW_MS,
    }
    return store.fund(
      id,
      version,
      ITEMS.map(({ address }) => ({ address, sentSats: 1_000n })),
    )
  }

const sign =
  (n: number): Call =>
  (store, id) => {
    const unsigned = unsignedOf(id, n)
    const inputs = unsigned.inputs.map((input) => ({ ...input, witness: [Uint8Array.of(n)] }))
    const raw = serialiseTransaction({ ...unsigned, inputs })
    return store.sign(id, n, { raw, txid: txidOf(parseTransaction(raw)) }, NOW_MS)
  }

const number = fc.integer({ min: 1, max: 3 })
const call: fc.Arbitrary<readonly [string, Call]> = fc.oneof(
  number.map((n) => step('fund', fund(n))),
  number.map((n) => step('sign', sign(n))),
  number.map((n) => step('abandon', (store, id) => store.abandon(id, n, 'no reason', NOW_MS))),
  fc.constant(step('markSent', (store, id) => markNewest(store, id))),
  fc
    .constantFrom(...HASHES)
    .map((blockHash) => step('confirm', (store, id) => confirmNewest(store, id, blockHash))),
  fc.constant(step('settle', (store, id) => store.settle(id, NOW_MS))),
  fc.constant(step('reopen', (store, id) => store.reopen(id, NOW_MS))),
  fc.constant(step('cancel', (store, id) => store.cancel(id, 'gone', NOW_MS))),
  fc.constant(step('tell', (store, id) => store.tell(id, { problem: 'conflict', detail: 'x' }, NOW_MS))),
)

/** Only what is signed is ever said to be sent or confirmed. */
async function newestSigned(store: PayoutStore, id: bigint): Promise<number> {
  const signed = (await store.batch(id))?.versions.filter((version) => version.signed !== undefined) ?? []
  if (signed.length === 0) throw new Error('nothing is signed')
  return signed.at(-1)!.number
}

async function markNewest(store: PayoutStore, id: bigint): Promise<void> {
  await store.markSent(id, await newestSigned(store, id), NOW_MS)
}

async function confirmNewest(store: PayoutStore, id: bigint, blockHash: string): Promise<void> {
  await store.confirm(id, { version: await newestSigned(store, id), blockHash, height: 7 }, NOW_MS)
}

async function outcomeOf(run: () => Promise<unknown>): Promise<unknown> {
  try {
    return (await run()) ?? 'done'
  } catch (error) {
    return (error as Error).name
  }
}

test('the store in memory does what the one in the database does', async () => {
  const { db } = own()
  const miners = OWED.map(([address]) => ({ address, firstSeenAt: new Date(NOW_MS) }))
  await db.prisma.miner.createMany({ data: miners })
  const debts = OWED.map(([address]) => ({
    account: minerAccount(address, 'available'),
    amountSats: -1_000_000n,
  }))
  const postings = [{ account: WALLET, amountSats: 2_000_000n }, ...debts]
  const debt = { author: 'ann', reason: 'owed from before', postings }
  await postCorrection(db, debt, { nowMs: NOW_MS, isDryRun: false })
  const balances = new Map(postings.map(({ account, amountSats }) => [account, amountSats]))
  const written: Written = {
    batches: [],
    balances,
    plannedAtMs: undefined,
    problem: undefined,
    isPaused: false,
    checkedBlockHash: undefined,
    declared: new Set(),
  }
  const model = new ModelStore(written)
  await leadPayouts(db, async (lead) => {
    const real = payoutStore(lead)
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 5, maxLength: 25 }), async (calls) => {
        const batch = { items: ITEMS, feePayer: 'pool', needsApproval: false } as const
        const id = await real.plan(batch, NOW_MS)
        expect(await model.plan(batch, NOW_MS)).toBe(id)
        for (const [name, make] of calls) {
          const outcome = await outcomeOf(() => make(real, id))
          expect(await outcomeOf(() => make(model, id)), name).toEqual(outcome)
          expect(await model.batch(id), name).toEqual(await real.batch(id))
        }
        const held = [...(await readBalances(db.pool))].filter(([, sats]) => sats !== 0n)
        expect([...balances].filter(([, sats]) => sats !== 0n).sort()).toEqual(held.sort())
      }),
      { numRuns: 30 },
    )
    expect(await model.liveBatches(6)).toEqual(await real.liveBatches(6))
    expect(await model.liveBatches(7)).toEqual(await real.liveBatches(7))
    const signed = (await real.liveBatches(0)).flatMap(({ versions }) =>
      versions.flatMap(({ signed }) => signed?.txid ?? []),
    )
    const asked = [...signed, 'f'.repeat(64)]
    expect(await model.knownSends(asked)).toEqual(await real.knownSends(asked))
    await declareSends(db, ['f'.repeat(64)], 'own', { author: 'ann', atMs: NOW_MS })
    expect(await real.knownSends(asked)).toEqual(new Set(asked))
    await real.markChecked(HASHES[0]!)
    expect((await real.control()).checkedBlockHash).toBe(HASHES[0])
    expect(await model.plannedSince(NOW_MS - 1)).toBe(await real.plannedSince(NOW_MS - 1))
  })
})
