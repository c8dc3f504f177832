import type { Network } from '@headframe/core/chain/network'
import { listUnbookedBlocks } from '@headframe/db/block/list-unbooked-blocks'
import { listUnplacedBlocks } from '@headframe/db/block/list-unplaced-blocks'
import { placeBlock } from '@headframe/db/block/place-block'
import { recordCandidate } from '@headframe/db/block/record-candidate'
import { setBlockStatus } from '@headframe/db/replay/set-block-status'
import type { Database } from '@headframe/db/database'
import { creditStretch } from '@headframe/db/fpps/credit-stretch'
import { postCorrection, reverseCorrection } from '@headframe/db/ledger/post-correction'
import { postTransaction, type LedgerKind } from '@headframe/db/ledger/post-transaction'
import { listFound, type ReplayedBlock, type SettledTerms } from '@headframe/db/replay/list-found'
import { listStretches, type PaidStretch } from '@headframe/db/replay/list-stretches'
import { listPosted, readPostings, type PostedTransaction } from '@headframe/db/replay/list-posted'
import { inTransaction, type Queryable } from '@headframe/db/transaction'
import { findWindowEnd } from '@headframe/db/window/find-window-end'
import type { RpcClient } from '../bitcoind/rpc-client.js'
import { bookBlock } from '../payout/book-block.js'

export interface RebuildModules {
  readonly live: Queryable
  readonly rebuilt: Database
  /** Of a node that has the blocks: what their coinbases have paid. */
  readonly rpc: Pick<RpcClient, 'call'>
}

const TRANSACTIONS_PER_READ = 500
/** What the chain said of a block when such a transaction was posted. */
const STATUS_OF = { 'block-credit': 'immature', 'block-mature': 'mature', 'block-stale': 'stale' } as const
/** Terms of a block that was never credited: nothing is worked out by them. */
const NO_TERMS: SettledTerms = { feeBasisPoints: 0, finderBonusBasisPoints: 0, pplnsWindow: 1 }

/**
 * Books again what a ledger has booked, in its order: blocks by the functions that settle them, out of the journal and
 * of what their coinbases paid; payouts and corrections as they stand there, because nothing else tells of them.
 */
export class LedgerRebuild {
  readonly #network: Network
  readonly #modules: RebuildModules
  readonly #blocks: ReadonlyMap<string, ReplayedBlock>
  /** Number of a correction in the live ledger -> its number here. */
  readonly #corrections = new Map<bigint, bigint>()
  /** Those that are not paid here yet. */
  readonly #stretches: PaidStretch[]

  private constructor(
    network: Network,
    modules: RebuildModules,
    blocks: readonly ReplayedBlock[],
    stretches: readonly PaidStretch[],
  ) {
    this.#network = network
    this.#modules = modules
    this.#blocks = new Map(blocks.map((block) => [block.candidate.hash, block]))
    this.#stretches = [...stretches]
  }

  static async run(network: Network, modules: RebuildModules): Promise<void> {
    const { live } = modules
    const rebuild = new LedgerRebuild(network, modules, await listFound(live), await listStretches(live))
    await rebuild.#find()
    await rebuild.#book()
    await rebuild.#follow()
  }

  async #find(): Promise<void> {
    const { rebuilt } = this.#modules
    for (const { candidate } of this.#blocks.values()) await recordCandidate(rebuilt, candidate)
    for (const block of await listUnplacedBlocks(rebuilt.pool)) {
      const end = await findWindowEnd(rebuilt.pool, block)
      if (end !== undefined) await placeBlock(rebuilt.pool, block.hash, end)
    }
  }

  async #book(): Promise<void> {
    for (let after = 0n; ;) {
      const page = await listPosted(this.#modules.live, after, TRANSACTIONS_PER_READ)
      for (const posted of page) await this.#post(posted)
      if (page.length < TRANSACTIONS_PER_READ) return
      after = page.at(-1)!.id
    }
  }

  async #post(posted: PostedTransaction): Promise<void> {
    const { id, kind, blockHash, payoutBatchId, correction } = posted
    if (correction !== undefined) await this.#correct(posted, correction)
    else if (payoutBatchId !== undefined) await this.#postAsIs(posted, payoutBatchId)
    else if (blockHash !== undefined && kind in STATUS_OF)
      await this.#step(blockHash, STATUS_OF[kind as keyof typeof STATUS_OF], posted.postedAtMs)
    else if (kind === 'fpps-credit') await this.#credit(id)
    // `block-pay` comes with its `block-credit`.
    else if (kind !== 'block-pay')
      throw new Error(`The replay does not know transactions of the kind ${kind}.`)
  }

  /** One step of settling, at the time at which it was made. */
  async #step(hash: string, status: 'immature' | 'mature' | 'stale', atMs: number): Promise<void> {
    const { rebuilt, rpc } = this.#modules
    await setBlockStatus(rebuilt.pool, hash, status, 0)
    const unbooked = (await listUnbookedBlocks(rebuilt.pool)).find((block) => block.hash === hash)
    if (unbooked === undefined) return
    const options = { network: this.#network, ...(this.#blocks.get(hash)?.terms ?? NO_TERMS) }
    await bookBlock(options, { db: rebuilt, rpc, nowMs: () => atMs }, unbooked)
  }

  async #correct(
    { id, postedAtMs }: PostedTransaction,
    { author, reason, reversesId }: NonNullable<PostedTransaction['correction']>,
  ): Promise<void> {
    const { live, rebuilt } = this.#modules
    const options = { nowMs: postedAtMs, isDryRun: false }
    const reversed = reversesId === undefined ? undefined : this.#corrections.get(reversesId)
    const { transactionId } =
      reversed === undefined
        ? await postCorrection(rebuilt, { author, reason, postings: await readPostings(live, id) }, options)
        : await reverseCorrection(rebuilt, reversed, { author, reason }, options)
    this.#corrections.set(id, transactionId)
  }

  async #postAsIs(
    { id, kind, occurrence, postedAtMs }: PostedTransaction,
    payoutBatchId: bigint,
  ): Promise<void> {
    const postings = await readPostings(this.#modules.live, id)
    const transaction = { kind: kind as LedgerKind, of: { payoutBatchId }, occurrence, postings, postedAtMs }
    await inTransaction(this.#modules.rebuilt.pool, (client) => postTransaction(client, transaction))
  }

  /** FPPS shares, up to and with the stretch of a transaction, or all of them: some have come to nothing. */
  async #credit(transactionId?: bigint): Promise<void> {
    for (let stretch = this.#stretches.shift(); stretch !== undefined; stretch = this.#stretches.shift()) {
      const { terms, creditedAtMs, endPosition } = stretch
      await creditStretch(this.#modules.rebuilt, terms, creditedAtMs, endPosition)
      if (stretch.transactionId === transactionId && transactionId !== undefined) return
    }
  }

  /** Steps that have posted nothing, because the pool had no part in the block; and what the chain says by now. */
  async #follow(): Promise<void> {
    const { rebuilt } = this.#modules
    await this.#credit()
    for (const { candidate, status, bookedStatus, confirmations } of this.#blocks.values()) {
      if (bookedStatus === 'mature' || bookedStatus === 'stale')
        await this.#step(candidate.hash, bookedStatus, 0)
      await setBlockStatus(rebuilt.pool, candidate.hash, status, confirmations)
    }
  }
}
