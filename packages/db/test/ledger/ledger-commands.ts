import fc from 'fast-check'
import { expect } from 'vitest'
import { FEE_INCOME, minerAccount } from '@headframe/core/accounting/account'
import { splitPaid } from '@headframe/core/accounting/solo'
import { splitReward, type RewardSplit } from '@headframe/core/accounting/split-reward'
import { creditBlock } from '../../src/block/credit-block.js'
import { matureBlock } from '../../src/block/mature-block.js'
import { recordCandidate } from '../../src/block/record-candidate.js'
import { reverseBlock } from '../../src/block/reverse-block.js'
import { updateBlockStatus } from '../../src/block/update-block-status.js'
import type { Database } from '../../src/database.js'
import type { BlockStatus } from '../../src/generated/enums.js'
import { CorrectionRefused, postCorrection, reverseCorrection } from '../../src/ledger/post-correction.js'
import { FEES_SATS, hashOf, SUBSIDY_SATS } from '../support/found-block.js'
import { NBITS_1, START_MS } from '../support/test-writer.js'
import { expectLaws, stateOf } from './ledger-laws.js'
import type { LedgerModel, ModelBlock } from './ledger-model.js'

export const MINERS = ['addrA', 'addrB', 'addrC', 'addrD'] as const
const MAX_BLOCKS = 6

export type LedgerCommand = fc.AsyncCommand<LedgerModel, Database>

/** A step of the world, after which every law holds. */
class Step implements LedgerCommand {
  readonly #name: string
  readonly #isPossible: (model: LedgerModel) => boolean
  readonly #take: (model: LedgerModel, db: Database) => Promise<void>

  constructor(
    name: string,
    isPossible: (model: LedgerModel) => boolean,
    take: (model: LedgerModel, db: Database) => Promise<void>,
  ) {
    this.#name = name
    this.#isPossible = isPossible
    this.#take = take
  }

  check(model: Readonly<LedgerModel>): boolean {
    return this.#isPossible(model)
  }

  async run(model: LedgerModel, db: Database): Promise<void> {
    await this.#take(model, db)
    await expectLaws(db, model)
  }

  toString(): string {
    return this.#name
  }
}

const hasBlocks = ({ blocks }: LedgerModel): boolean => blocks.length > 0
const pick = ({ blocks }: LedgerModel, n: number): ModelBlock => blocks[n % blocks.length]!

const find = (split: RewardSplit): LedgerCommand =>
  new Step(
    `find(${split.shares.map(({ miner, amountSats, directSats }) => `${miner} ${amountSats}/${directSats}`).join(', ')})`,
    ({ blocks }) => blocks.length < MAX_BLOCKS,
    async (model, db) => {
      const n = model.blocks.length
      const block: ModelBlock = { hash: hashOf(n), split, status: 'candidate', booked: 'candidate' }
      await recordCandidate(db, candidateOf(block.hash, n))
      model.blocks.push(block)
    },
  )

const chainSays = (n: number, status: BlockStatus): LedgerCommand =>
  new Step(`chainSays(${n}, ${status})`, hasBlocks, (model, db) => setStatus(db, pick(model, n), status))

/** The newest blocks lose their places, or get them back. */
const reorganise = (depth: number): LedgerCommand =>
  new Step(`reorganise(${depth})`, hasBlocks, async ({ blocks }, db) => {
    for (const block of blocks.slice(-depth))
      await setStatus(db, block, block.status === 'stale' ? 'immature' : 'stale')
  })

const book = (n: number): LedgerCommand =>
  new Step(`book(${n})`, hasBlocks, (model, db) => bookStep(db, pick(model, n)))

const bookAll = (): LedgerCommand =>
  new Step('bookAll', hasBlocks, async ({ blocks }, db) => {
    for (const block of blocks) {
      while (block.status !== block.booked) await bookStep(db, block)
    }
  })

/** All that has been told is told once more: nothing moves. */
const tellAgain = (): LedgerCommand =>
  new Step('tellAgain', hasBlocks, async ({ blocks }, db) => {
    const before = await stateOf(db)
    for (const [n, block] of blocks.entries()) {
      expect(await recordCandidate(db, candidateOf(block.hash, n))).toBe('already')
      if (block.status !== block.booked) continue
      expect(await creditBlock(db, block.hash, splitOf(block), START_MS + 1)).toBe('not-due')
      expect(await matureBlock(db, block.hash, START_MS + 1)).toBe('not-due')
      expect(await reverseBlock(db, block.hash, START_MS + 1)).toBe('not-due')
    }
    expect(await stateOf(db)).toEqual(before)
  })

/** The operator gives a miner something, or takes some of it back: what blocks have brought may still go stale. */
const correct = (miner: string, giftSats: bigint, taken: bigint): LedgerCommand =>
  new Step(
    `correct(${miner}, ${giftSats} - ${taken} %)`,
    () => true,
    async (model, db) => {
      const account = minerAccount(miner, 'available')
      const takenSats = (model.givenSats(account) * taken) / 100n
      if (giftSats === takenSats) return
      const postings = postingsOf(account, giftSats - takenSats)
      const posted = await postCorrection(db, { ...ANA, postings }, OPTIONS)
      model.corrections.push({ transactionId: posted.transactionId, postings, isReversed: false })
    },
  )

/** More is taken than there is. */
const takeTooMuch = (miner: string): LedgerCommand =>
  new Step(
    `takeTooMuch(${miner})`,
    () => true,
    async (model, db) => {
      const account = minerAccount(miner, 'available')
      const postings = postingsOf(account, (model.balances().get(account) ?? 0n) - 1n)
      await expect(postCorrection(db, { ...ANA, postings }, OPTIONS)).rejects.toThrow(CorrectionRefused)
    },
  )

const reverseOne = (n: number): LedgerCommand =>
  new Step(
    `reverse(${n})`,
    ({ corrections }) => corrections.length > 0,
    async (model, db) => {
      const correction = model.corrections[n % model.corrections.length]!
      const { account, amountSats } = correction.postings[1]!
      const isTakenBack = model.givenSats(account) + amountSats < 0n
      if (isTakenBack && !correction.isReversed) return
      const reversed = reverseCorrection(db, correction.transactionId, ANA, OPTIONS)
      if (correction.isReversed) await expect(reversed).rejects.toThrow(CorrectionRefused)
      else await reversed
      correction.isReversed = true
    },
  )

const postingsOf = (account: string, giftSats: bigint) => [
  { account: FEE_INCOME, amountSats: giftSats },
  { account, amountSats: -giftSats },
]

const OPTIONS = { nowMs: START_MS, isDryRun: false }
const ANA = { author: 'Ana', reason: 'an outage' }
const sats = fc.bigInt({ min: 1n, max: SUBSIDY_SATS })
const score = fc.bigInt({ min: 0n, max: 2n ** 100n })

/** Shared by a window, with a bonus for one of the miners, all of it owed. */
const owedSplit = fc
  .record({
    coinbaseValueSats: sats,
    feeBasisPoints: fc.integer({ min: 0, max: 10_000 }),
    bonus: fc.record({
      finder: fc.constantFrom(...MINERS),
      basisPoints: fc.integer({ min: 0, max: 10_000 }),
    }),
    scores: fc.tuple(...MINERS.map(() => score)),
  })
  .filter(({ scores }) => scores.some((one) => one > 0n))
  .map(({ scores, ...options }) =>
    splitReward(options, new Map(MINERS.map((miner, index) => [miner, scores[index]!]))),
  )

/** A part of it paid by the coinbase itself. */
const directSplit = fc
  .record({ split: owedSplit, parts: fc.tuple(...MINERS.map(() => fc.integer({ min: 0, max: 4 }))) })
  .map(({ split, parts }) => ({
    ...split,
    shares: split.shares.map((share, index) => ({
      ...share,
      directSats: (share.amountSats * BigInt(parts[index]!)) / 4n,
    })),
  }))

const soloSplit = fc
  .record({ pool: fc.bigInt({ min: 0n, max: 100n }), finder: sats, miner: fc.constantFrom(...MINERS) })
  .map(({ pool, finder, miner }) => splitPaid(pool, finder, miner))

const anyMiner = fc.constantFrom(...MINERS)
const anyBlock = fc.integer({ min: 0, max: MAX_BLOCKS - 1 })
const anyStatus = fc.constantFrom<BlockStatus>('immature', 'mature', 'stale')

/** What may happen to a ledger. */
export const LEDGER_COMMANDS: fc.Arbitrary<LedgerCommand>[] = [
  fc.oneof(owedSplit, directSplit, soloSplit).map(find),
  fc.tuple(anyBlock, anyStatus).map(([n, status]) => chainSays(n, status)),
  fc.integer({ min: 1, max: MAX_BLOCKS }).map(reorganise),
  anyBlock.map(book),
  fc.constant(null).map(bookAll),
  fc.constant(null).map(tellAgain),
  fc
    .tuple(anyMiner, sats, fc.bigInt({ min: 0n, max: 100n }))
    .map(([miner, gift, taken]) => correct(miner, gift, taken)),
  anyMiner.map(takeTooMuch),
  anyBlock.map(reverseOne),
]

const candidateOf = (hash: string, n: number) => ({
  hash,
  height: 100 + n,
  nbits: NBITS_1,
  foundAtMs: START_MS + n,
  address: MINERS[0],
  workerName: 'rig',
  mode: 'pplns' as const,
  coinbaseValueSats: SUBSIDY_SATS + FEES_SATS,
  feesSats: FEES_SATS,
  writerId: 's00-test',
  incarnation: 1,
  windowEndShareSeq: 1n,
})

async function setStatus(db: Database, block: ModelBlock, status: BlockStatus): Promise<void> {
  const known = { hash: block.hash, height: 0, status: block.status, confirmations: 0 }
  expect(await updateBlockStatus(db.pool, known, status, 1)).toBe(true)
  block.status = status
}

/** One step of settling, as the engine decides on it. */
async function bookStep(db: Database, block: ModelBlock): Promise<void> {
  const { hash, status, booked } = block
  if (status === booked || status === 'candidate') return
  if (status === 'stale' || booked === 'mature') {
    expect(await reverseBlock(db, hash, START_MS)).toBe('reversed')
    block.booked = 'stale'
  } else if (booked === 'immature') {
    expect(await matureBlock(db, hash, START_MS)).toBe('matured')
    block.booked = 'mature'
  } else {
    expect(await creditBlock(db, hash, splitOf(block), START_MS)).toBe('credited')
    block.booked = 'immature'
  }
}

function splitOf({ split }: ModelBlock) {
  const rest = { donationSats: 0n, feeBasisPoints: 150, pplnsWindow: 4, windowStart: undefined }
  return { reward: split, subsidySats: split.rewardSats + split.feeSats, ...rest }
}
