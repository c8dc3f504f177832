import { SCORE_UNIT } from '@headframe/core/accounting/score'
import { splitPaid } from '@headframe/core/accounting/solo'
import { splitReward } from '@headframe/core/accounting/split-reward'
import { EXTRANONCE1_SIZE, EXTRANONCE2_SIZE } from '@headframe/core/job/job'
import { decodeSegment } from '@headframe/core/journal/decode-segment'
import { encodeSegment } from '@headframe/core/journal/encode-segment'
import type { SegmentRecord } from '@headframe/core/journal/segment'
import { creditBlock } from '@headframe/db/block/credit-block'
import { matureBlock } from '@headframe/db/block/mature-block'
import { placeBlock } from '@headframe/db/block/place-block'
import { recordCandidate } from '@headframe/db/block/record-candidate'
import { reverseBlock } from '@headframe/db/block/reverse-block'
import { updateBlockStatus } from '@headframe/db/block/update-block-status'
import type { Database } from '@headframe/db/database'
import { appendSegment } from '@headframe/db/journal/append-segment'
import { findWindowEnd } from '@headframe/db/window/find-window-end'
import { readWindow } from '@headframe/db/window/read-window'
import { seededRandom, type PoolStory, type StoryBlock, type StoryWorker } from './pool-story'

const WRITER_ID = 's00-5707e11e'
export const FEE_BASIS_POINTS = 100
export const PPLNS_WINDOW = 4
const NOTHING = new Uint8Array(0)
/** Hashes a share of difficulty 1 takes on average. */
const HASHES_OF_ONE = 4_295_032_833

/** The one stratum process of a story: seals its segments, finds its blocks, and books them. */
export class Storyteller {
  readonly #db: Database
  readonly #story: PoolStory
  readonly #random: () => number
  #segmentSeq = 0n
  #shareSeq = 0n
  #prevSegmentHash = new Uint8Array(32)

  constructor(db: Database, story: PoolStory) {
    this.#db = db
    this.#story = story
    this.#random = seededRandom(story.seed)
  }

  async append(startsAtMs: number, endsAtMs: number): Promise<void> {
    const records = this.#records(startsAtMs, endsAtMs)
    const header = {
      network: this.#story.network,
      writerId: WRITER_ID,
      incarnation: 1,
      segmentSeq: this.#segmentSeq,
      firstShareSeq: this.#shareSeq,
      prevSegmentHash: this.#prevSegmentHash,
      openedAtMs: startsAtMs,
    }
    const bytes = encodeSegment(header, [records], endsAtMs)
    const segment = decodeSegment(bytes)
    await appendSegment(this.#db, segment, bytes)
    this.#segmentSeq += 1n
    this.#shareSeq += BigInt(segment.trailer.shareCount)
    this.#prevSegmentHash = new Uint8Array(segment.segmentHash)
  }

  #records(startsAtMs: number, endsAtMs: number): SegmentRecord[] {
    const { miners, nbits, height } = this.#story
    const scripts = { coinbasePrefix: NOTHING, coinbaseSuffix: NOTHING, merklePath: [] }
    const job = {
      kind: 'job',
      jobRef: 0,
      jobId: '0',
      height,
      version: 1,
      prevHash: new Uint8Array(32),
      nbits,
    } as const
    const records: SegmentRecord[] = [{ ...job, ...scripts }]
    let workerRef = 0
    for (const { address, workers } of miners) {
      for (const worker of workers) {
        if (startsAtMs < (worker.fromMs ?? 0) || startsAtMs >= (worker.untilMs ?? Infinity)) continue
        records.push({
          kind: 'worker',
          workerRef,
          address,
          workerName: worker.name,
          mode: worker.mode ?? 'pplns',
        })
        records.push(...this.#shares(worker, workerRef, startsAtMs, endsAtMs))
        workerRef += 1
      }
    }
    return records
  }

  *#shares(
    worker: StoryWorker,
    workerRef: number,
    startsAtMs: number,
    endsAtMs: number,
  ): Generator<SegmentRecord> {
    const meanMs = (1000 * worker.difficulty * HASHES_OF_ONE) / worker.hashesPerSecond
    for (let at = startsAtMs + this.#wait(meanMs); at < endsAtMs; at += this.#wait(meanMs)) {
      yield {
        kind: 'share',
        jobRef: 0,
        workerRef,
        acceptedAtMs: Math.floor(at),
        assignedDifficulty: worker.difficulty,
        extranonce1: new Uint8Array(EXTRANONCE1_SIZE),
        extranonce2: new Uint8Array(EXTRANONCE2_SIZE),
        ntime: Math.floor(at / 1000),
        nonce: Math.floor(this.#random() * 2 ** 32),
        version: 0x20000000,
      }
    }
    for (const [reason, mean] of worker.rejects ?? []) {
      const count = Math.floor(mean * 2 * this.#random())
      if (count > 0)
        yield { kind: 'rejects', workerRef, minuteMs: startsAtMs - (startsAtMs % 60_000), reason, count }
    }
  }

  #wait(meanMs: number): number {
    return -Math.log(1 - this.#random()) * meanMs
  }

  /** Finds, places, follows and books a block, as far as its status says. */
  async find(block: StoryBlock, index: number): Promise<string> {
    const { miners, nbits, subsidySats, height } = this.#story
    const finder = miners[block.finder]!
    const worker = finder.workers[0]!
    const hash = `${'0'.repeat(19)}${(index + 1).toString(16).padStart(4, '0')}${'5ac1ed'.repeat(7).slice(0, 41)}`
    const feesSats = BigInt(Math.floor(this.#random() * 12_000_000))
    const found = {
      hash,
      height: height + index,
      nbits,
      foundAtMs: block.foundAtMs,
      address: finder.address,
      workerName: worker.name,
      mode: worker.mode ?? ('pplns' as const),
      coinbaseValueSats: subsidySats + feesSats,
      feesSats,
      writerId: WRITER_ID,
      incarnation: 1,
      windowEndShareSeq: this.#shareSeq,
    }
    await recordCandidate(this.#db, found)
    await this.#settle(found, block)
    return hash
  }

  async #settle(found: Parameters<typeof recordCandidate>[1], block: StoryBlock): Promise<void> {
    const { hash, height, coinbaseValueSats, mode, address, foundAtMs } = found
    const db = this.#db
    const end = await findWindowEnd(db.pool, found)
    if (end === undefined) throw new Error('the segment with the winning share has not arrived')
    await placeBlock(db.pool, hash, end)
    if (block.status === 'candidate') return
    const known = { hash, height, status: 'candidate', confirmations: 0 } as const
    await updateBlockStatus(db.pool, known, 'immature', block.confirmations)
    const window = await readWindow(db.pool, end, BigInt(PPLNS_WINDOW) * SCORE_UNIT)
    const options = { coinbaseValueSats, feeBasisPoints: FEE_BASIS_POINTS }
    const feeSats = (coinbaseValueSats * BigInt(FEE_BASIS_POINTS)) / 10_000n
    // The coinbase of a solo block has paid its finder.
    const solo = splitPaid(feeSats, coinbaseValueSats - feeSats, address)
    const reward = mode === 'solo' ? solo : splitReward(options, window.scores)
    const split = {
      reward,
      donationSats: 0n,
      subsidySats: this.#story.subsidySats,
      feeBasisPoints: FEE_BASIS_POINTS,
    }
    await creditBlock(db, hash, { ...split, pplnsWindow: PPLNS_WINDOW, windowStart: window.start }, foundAtMs)
    if (block.status === 'immature') return
    await updateBlockStatus(db.pool, { ...known, status: 'immature' }, block.status, block.confirmations)
    await matureBlock(db, hash, foundAtMs)
    await reverseBlock(db, hash, foundAtMs)
  }
}
