import { setImmediate, setTimeout } from 'node:timers/promises'
import { assembleProposal } from '@headframe/core/job/assemble-proposal'
import type { Job } from '@headframe/core/job/job'
import { classVariants, soloVariant } from '@headframe/core/job/job-variant'
import type { CheckedVariant, LiveSelfCheck } from '@headframe/core/live/live-feed'
import { RpcError, RpcUnavailable, type RpcClient } from '../bitcoind/rpc-client.js'
import type { Log } from '../log.js'
import { hexPieces } from './hex-pieces.js'

/** A job to be checked. */
export interface CheckedWork {
  readonly job: Job
  /** Of its block, without the coinbase. */
  readonly transactions: Uint8Array
  /** Whose template it is, and who is asked. */
  readonly node: string
}

export interface SelfCheckOptions {
  /** Whom the solo variant that is checked pays; undefined when no port is solo. */
  readonly soloScript: Uint8Array | undefined
}

export interface SelfCheckModules {
  readonly nodes: readonly { readonly name: string; readonly rpc: Pick<RpcClient, 'callWithText'> }[]
  readonly log: Log
  readonly nowMs: () => number
  readonly onResult: (check: LiveSelfCheck) => void
}

/**
 * Work that stands for less than that is not checked: the first job of a tip is followed by its full one, and the node
 * is not to be kept from what it has to say of the tip.
 */
const CHECK_AFTER_MS = 500
/** The tip has moved on meanwhile: says nothing of the block (Bitcoin Core `rpc/mining.cpp`). */
const REPLACED = 'inconclusive-not-best-prevblk'
const BEFORE = '{"mode":"proposal","rules":["segwit"],"data":"'
const BEHIND = '"}'

/**
 * Asks the node of each template whether it would take the pool's block of it (BIP 23): what a miner finds is then no
 * surprise. In the background, one at a time; of the work that comes meanwhile only the newest waits.
 */
export class SelfCheck {
  readonly #options: SelfCheckOptions
  readonly #modules: SelfCheckModules
  readonly #closing = new AbortController()
  #waiting: CheckedWork | undefined
  #running: Promise<void> | undefined

  constructor(options: SelfCheckOptions, modules: SelfCheckModules) {
    this.#options = options
    this.#modules = modules
  }

  /** Returns at once. */
  check(work: CheckedWork): void {
    this.#waiting = work
    this.#running ??= this.#run()
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#running
  }

  async #run(): Promise<void> {
    let work = this.#waiting
    while (work !== undefined && (await this.#pause())) {
      // Replaced by newer work, which has to stand as long.
      if (work === this.#waiting) {
        this.#waiting = undefined
        await this.#checkWork(work)
      }
      work = this.#waiting
    }
    this.#running = undefined
  }

  /** False when this is closed meanwhile. */
  async #pause(): Promise<boolean> {
    const { signal } = this.#closing
    await setTimeout(CHECK_AFTER_MS, undefined, { signal }).catch(() => undefined)
    return !signal.aborted
  }

  async #checkWork(work: CheckedWork): Promise<void> {
    const { nowMs, onResult, nodes } = this.#modules
    const node = nodes.find(({ name }) => name === work.node)
    if (node === undefined) return
    const hex: Uint8Array[] = []
    for (const piece of hexPieces(work.transactions)) {
      hex.push(piece)
      await setImmediate()
    }
    const results: CheckedVariant[] = []
    for (const [variant, job] of this.#variantsOf(work.job)) {
      const result = await propose(node.rpc, job, hex)
      if (result === REPLACED) return
      results.push({ variant, result })
    }
    const check = { atMs: nowMs(), jobId: work.job.jobId, height: work.job.height, node: work.node, results }
    this.#alarm(check)
    onResult(check)
  }

  /** The smallest and the largest of those that pay the pool, and one that pays a solo miner. */
  #variantsOf(job: Job): [string, Job][] {
    const { soloScript } = this.#options
    const variants = classVariants(job)
    const [largest, smallest] = [variants.at(-1)!, variants[0]!]
    const checked: [string, Job][] = [['pool', smallest]]
    if (largest !== smallest) checked.push(['pool, largest', largest])
    if (soloScript !== undefined) checked.push(['solo', soloVariant(job, soloScript)])
    return checked
  }

  #alarm(check: LiveSelfCheck): void {
    const { log } = this.#modules
    const wrong = check.results.filter(isWrong)
    if (wrong.length > 0) log.fatal({ ...check, results: wrong }, 'a block of the pool would be refused')
    else log.debug(check, 'the node would take the block')
  }
}

/** Whether the node has looked at the block and found it wrong. */
export function isWrong({ result }: CheckedVariant): boolean {
  return result !== null && !result.startsWith('away: ')
}

/** Null when the node would take the block, else its reason; `away: ...` when it did not look. */
async function propose(
  rpc: Pick<RpcClient, 'callWithText'>,
  job: Job,
  transactionsHex: readonly Uint8Array[],
): Promise<string | null> {
  const head = [...hexPieces(assembleProposal(job))]
  const frame = { before: BEFORE, behind: BEHIND }
  try {
    return await rpc.callWithText<string | null>('getblocktemplate', [...head, ...transactionsHex], { frame })
  } catch (error) {
    if (error instanceof RpcError) return error.message
    if (error instanceof RpcUnavailable) return `away: ${error.message}`
    throw error
  }
}
