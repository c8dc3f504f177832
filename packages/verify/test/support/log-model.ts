import { takeWindow } from '@headframe/core/accounting/pplns-window'
import { SCORE_UNIT, scoreOfShare } from '@headframe/core/accounting/score'
import { splitPaid } from '@headframe/core/accounting/solo'
import { splitReward, type RewardSplit } from '@headframe/core/accounting/split-reward'
import { bytesToHex } from '@headframe/core/bytes'
import { displayHash } from '@headframe/core/chain/header'
import { paidJob } from '@headframe/core/journal/paid-job'
import type { AcceptedShare, JobContent } from '@headframe/core/journal/segment'
import { nodeHash } from '@headframe/core/journal/merkle-sum'
import { shareCoinbase, shareHash, shareHeader } from '@headframe/core/journal/share-hash'
import type { AuditRow } from '@headframe/core/published/audit-row'
import type { BlockStatement, SharePlace } from '@headframe/core/published/block-statement'
import { payoutRoot } from '@headframe/core/published/payout-tree'
import { serialiseTransaction, txid } from '@headframe/core/chain/transaction'
import type { FppsStatement } from '@headframe/core/published/fpps-statement'
import type { PayoutStatement } from '@headframe/core/published/payout-statement'
import type { PayoutMode } from '@headframe/core/share/share'
import { creditFpps } from './credit-fpps.js'
import { subsidySats } from '@headframe/core/chain/subsidy'
import {
  addressOf,
  DONATION_SATS,
  findShare,
  makeJob,
  POOL_SCRIPT,
  REWARD_SATS,
  scriptOf,
  SHARE_DIFFICULTY,
} from './easy-chain.js'

/** A share with what it was worked on and for whom. */
export interface ModelShare {
  job: JobContent
  name: string
  mode: PayoutMode
  share: AcceptedShare
}

export interface ModelSegment {
  writerId: string
  segmentSeq: number
  firstShareSeq: number
  shares: ModelShare[]
  /** Instead of the hash of the writer's segment before it. */
  prevSegmentHash?: Uint8Array
  incarnation?: number
}

export interface ModelBlock {
  statement: BlockStatement
  coinbase: string
  merklePath: string[]
  rows: AuditRow[]
  /** Counted from 0. */
  epoch: number
}

/** A public log before it is signed: whatever is changed in it, `sealLog` makes a log of it. */
export interface LogModel {
  segments: ModelSegment[]
  /** How many of the segments each epoch has. */
  epochSizes: number[]
  blocks: ModelBlock[]
  /** All in the last epoch. */
  payouts: PayoutStatement[]
  /** Listed by the epoch that has the end of their stretch. */
  fpps: FppsStatement[]
}

export const [ANNA, BERT, CARL, SOLO] = [addressOf(1), addressOf(2), addressOf(3), addressOf(4)]
export const WINDOW_UNITS = 2
const FEE_BASIS_POINTS = 150
const BONUS_BASIS_POINTS = 100
const SOLO_FEE_SATS = 70_000_000n
const FIRST_HEIGHT = 101
const SHARES_A_TIP = 24
const SEGMENT_SHARES = 8
const EPOCHS = 3
const FPPS_TIP = 5
const NO_FPPS_SPLIT: RewardSplit = {
  feeSats: REWARD_SATS,
  rewardSats: 0n,
  bonusSats: 0n,
  bonusBasisPoints: 0,
  total: 0n,
  shares: [],
}

/** Miners with the share difficulty of their sessions. */
const MINERS = [
  { name: ANNA, difficulty: SHARE_DIFFICULTY },
  { name: BERT, difficulty: 2 * SHARE_DIFFICULTY },
  { name: CARL, difficulty: SHARE_DIFFICULTY },
] as const

/** Six tips, two writers, three PPLNS blocks and one of a solo miner; the last tip is one of FPPS, and so is its block. */
export function tellLog(): LogModel {
  const shares: ModelShare[][] = []
  const found: { readonly index: number; readonly share: ModelShare }[] = []
  for (let tip = 0; tip <= FPPS_TIP; tip++) {
    const height = FIRST_HEIGHT + tip
    const job = makeJob(2 * tip + 1, height)
    const soloJob = makeJob(2 * tip + 2, height, SOLO_FEE_SATS)
    const ofTip: ModelShare[] = []
    for (let n = 0; n < SHARES_A_TIP; n++) {
      const isLast = n === SHARES_A_TIP - 1
      // The last of each tip but the first is a block; that of the third tip is a solo miner's.
      const isFpps = tip === FPPS_TIP
      const isSolo = !isFpps && (isLast ? tip === 2 : n % 6 === 5)
      const isBlock = isLast && tip > 0
      const session = isSolo ? MINERS.length : (n + tip) % MINERS.length
      const { name, difficulty } = MINERS[session] ?? { name: SOLO, difficulty: SHARE_DIFFICULTY }
      const mode: PayoutMode = isFpps ? 'fpps' : isSolo ? 'solo' : 'pplns'
      const own = { job: isSolo ? soloJob : job, name, mode }
      const index = SHARES_A_TIP * tip + n
      const share = findShare(own.job, name, { alias: tip, session, difficulty }, isBlock, index)
      ofTip.push({ ...own, share })
      if (isBlock) found.push({ index, share: ofTip.at(-1)! })
    }
    shares.push(ofTip)
  }
  const segments = cut(shares.flat())
  const epochSizes = epochSizesOf(segments.length)
  const model: LogModel = { segments, epochSizes, blocks: [], payouts: [], fpps: [] }
  const places = placesOf(segments)
  for (const { index, share } of found) model.blocks.push(settle(model, share, places[index]!))
  model.payouts = [makePayout(1, model), makePayout(2, model)]
  model.fpps = creditFpps(segments)
  return model
}

/** Pays Anna all, and takes the network's fee from what Bert is sent. */
function makePayout(batch: number, { blocks }: LogModel): PayoutStatement {
  const items = [
    { payee: ANNA, amountSats: 5_000n, sentSats: 5_000n },
    { payee: BERT, amountSats: 7_000n, sentSats: 6_800n },
  ]
  const transaction = {
    version: 2,
    locktime: 0,
    inputs: [
      {
        prevTxid: new Uint8Array(32).fill(batch),
        prevIndex: 0,
        script: new Uint8Array(0),
        sequence: 0,
        witness: [],
      },
    ],
    outputs: items.map(({ payee, sentSats }) => ({ valueSats: sentSats, script: scriptOf(payee) })),
  }
  const raw = bytesToHex(serialiseTransaction(transaction))
  const place = { blockHash: blocks[0]!.statement.hash, height: 300 }
  return { network: 'regtest', batch, txid: displayHash(txid(transaction)), raw, ...place, items }
}

/** Segments of two writers in turn, so that the order of shares is the order of the segments. */
function cut(shares: readonly ModelShare[]): ModelSegment[] {
  const segments: ModelSegment[] = []
  for (let start = 0; start < shares.length; start += SEGMENT_SHARES) {
    const writerId = `s0${(start / SEGMENT_SHARES) % 2}-test`
    const some = shares.slice(start, start + SEGMENT_SHARES)
    segments.push({ writerId, segmentSeq: 0, firstShareSeq: 0, shares: some })
  }
  renumber(segments)
  return segments
}

/** Gives segments and shares the numbers that they should have. */
export function renumber(segments: readonly ModelSegment[]): void {
  const ends = new Map<string, { seq: number; share: number }>()
  for (const segment of segments) {
    const end = ends.get(segment.writerId) ?? { seq: 0, share: 0 }
    segment.segmentSeq = end.seq
    segment.firstShareSeq = end.share
    ends.set(segment.writerId, { seq: end.seq + 1, share: end.share + segment.shares.length })
  }
}

function epochSizesOf(segments: number): number[] {
  const size = Math.ceil(segments / EPOCHS)
  return Array.from({ length: EPOCHS }, (_, epoch) => Math.min(size, segments - size * epoch))
}

/** The place of each share, in their order. */
export function placesOf(segments: readonly ModelSegment[]): SharePlace[] {
  return segments.flatMap(({ shares }, at) => shares.map((_, index) => ({ position: at + 1, index })))
}

const scoreOf = ({ job, share }: ModelShare): bigint => scoreOfShare(share.assignedDifficulty, job.nbits)

/** What the pool would say of a block: its window by the pool's own rule, share by share. */
export function settle(model: LogModel, winning: ModelShare, place: SharePlace): ModelBlock {
  const { job, name, mode, share } = winning
  const paid = paidJob(job, { address: name }, 'regtest')
  const windowEnd = { position: place.position, index: place.index + 1 }
  const window = windowOf(model, windowEnd)
  const split =
    mode === 'fpps'
      ? NO_FPPS_SPLIT
      : mode === 'solo'
        ? splitPaid(SOLO_FEE_SATS, REWARD_SATS - SOLO_FEE_SATS, name)
        : splitReward(
            {
              coinbaseValueSats: REWARD_SATS,
              feeBasisPoints: FEE_BASIS_POINTS,
              bonus: { finder: name, basisPoints: BONUS_BASIS_POINTS },
            },
            window.scores,
          )
  const rows = rowsOf(split)
  const subsidy = subsidySats(job.height, 'regtest')
  return {
    statement: {
      network: 'regtest',
      hash: displayHash(shareHash(paid, share)),
      height: job.height,
      header: bytesToHex(shareHeader(paid, share)),
      finder: name,
      foundAtMs: share.acceptedAtMs,
      scheme: mode,
      windowUnits: WINDOW_UNITS,
      windowStart: mode === 'pplns' ? window.start : undefined,
      windowEnd,
      ownOutputs: undefined,
      windowTotal: split.total,
      coinbaseValueSats: REWARD_SATS,
      donationSats: DONATION_SATS,
      subsidySats: subsidy,
      feesSats: REWARD_SATS + DONATION_SATS - subsidy,
      feeBasisPoints: FEE_BASIS_POINTS,
      poolFeeSats: split.feeSats,
      rewardSats: split.rewardSats,
      finderBonusBasisPoints: split.bonusBasisPoints,
      bonusSats: split.bonusSats,
      payeeCount: rows.length,
      payoutRoot: bytesToHex(nodeHash(payoutRoot(rows))),
      poolScripts: [bytesToHex(POOL_SCRIPT)],
      roundScore: undefined,
      settledAtMs: share.acceptedAtMs + 1,
    },
    coinbase: bytesToHex(shareCoinbase(paid, share)),
    merklePath: paid.merklePath.map(bytesToHex),
    rows,
    epoch: epochOf(model, windowEnd.position),
  }
}

export function rowsOf(split: RewardSplit): AuditRow[] {
  return split.shares.map(({ miner, ...line }) => ({
    payee: miner,
    score: line.prefixAfter - line.prefixBefore,
    ...line,
  }))
}

function windowOf(model: LogModel, end: SharePlace) {
  const places = placesOf(model.segments)
  const shares = model.segments.flatMap((segment) => segment.shares)
  const count = places.findIndex((at) => at.position === end.position && at.index === end.index - 1) + 1
  let start: SharePlace | undefined
  function* newestFirst() {
    for (let n = count - 1; n >= 0; n--) {
      const one = shares[n]!
      if (one.mode !== 'pplns') continue
      start = places[n]
      yield { miner: one.name, score: scoreOf(one) }
    }
  }
  const content = takeWindow(newestFirst(), BigInt(WINDOW_UNITS) * SCORE_UNIT)
  return { ...content, start }
}

function epochOf({ epochSizes }: LogModel, position: number): number {
  let last = 0
  return epochSizes.findIndex((size) => position <= (last += size))
}
