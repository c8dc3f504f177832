import { displayHash } from '@headframe/core/chain/header'
import type { NodeState, NodeStatus } from '@headframe/core/live/live-feed'
import { parseBlockTemplate, type BlockTemplate } from '@headframe/core/template/block-template'
import type { BlockCost } from '@headframe/core/template/fit-transactions'
import type { Log } from '../log.js'
import { getChainInfo, type ChainInfo } from './node-status.js'
import { RpcError, RpcUnavailable, type RpcClient } from './rpc-client.js'

export interface TemplateSourceOptions {
  /** `chain` of the node at the start; a node that changes it is not asked for work any more. */
  readonly chain: string
  /** A template is fetched again after this long on the same tip, for its fees. */
  readonly refreshMs: number
  /** Room for the coinbase, which each template is made to have. */
  readonly reserve: BlockCost
}

export interface TemplateSourceModules {
  readonly rpc: RpcClient
  readonly log: Log
  readonly nowMs: () => number
  readonly onTemplate: (template: BlockTemplate, isNewTip: boolean) => void
  readonly onStatus: (status: NodeStatus) => void
}

/** RPC_CLIENT_NOT_CONNECTED and RPC_CLIENT_IN_INITIAL_DOWNLOAD: the node lives, but its tip is not to be built on. */
const SYNCING_CODES = [-9, -10]

/**
 * Asks the node for templates: at once when its tip is not the one of the last template, and every `refreshMs` on
 * the same tip. One look at a time; a sign that comes during a look causes one more.
 */
export class TemplateSource {
  readonly #options: TemplateSourceOptions
  readonly #modules: TemplateSourceModules
  #status: NodeStatus
  /** Display order, as the node names its tip. */
  #tip = ''
  #fetchedAtMs = 0
  #isLooking = false
  #isLookWanted = false
  #isTipSigned = false

  constructor(options: TemplateSourceOptions, modules: TemplateSourceModules) {
    this.#options = options
    this.#modules = modules
    this.#status = {
      state: 'away',
      message: 'The node was not asked yet.',
      height: undefined,
      networkDifficulty: undefined,
      sinceMs: modules.nowMs(),
    }
  }

  get status(): NodeStatus {
    return this.#status
  }

  /**
   * Looks whether there is a new tip or the template is old. With `isTipSigned` (the node has just announced a
   * block) the template is fetched before anything else. Never throws; ends when nothing is left to look for.
   */
  async look(isTipSigned = false): Promise<void> {
    this.#isTipSigned ||= isTipSigned
    this.#isLookWanted = true
    if (this.#isLooking) return
    this.#isLooking = true
    while (this.#takeWanted()) await this.#lookOnce()
    this.#isLooking = false
  }

  #takeWanted(): boolean {
    const isWanted = this.#isLookWanted
    this.#isLookWanted = false
    return isWanted
  }

  async #lookOnce(): Promise<void> {
    try {
      if (this.#isTipSigned) {
        this.#isTipSigned = false
        await this.#fetch()
      }
      const info = await getChainInfo(this.#modules.rpc)
      if (info.chain !== this.#options.chain) {
        this.#tell(
          'away',
          `The node is on ${info.chain}; this pool was started on ${this.#options.chain}.`,
          info,
        )
        return
      }
      if (info.bestblockhash !== this.#tip || this.#isDue()) await this.#fetch()
      this.#tell('ok', '', info)
    } catch (error) {
      this.#tellError(error)
    }
  }

  #isDue(): boolean {
    return this.#modules.nowMs() - this.#fetchedAtMs >= this.#options.refreshMs
  }

  async #fetch(): Promise<void> {
    const reply = await this.#modules.rpc.call<unknown>('getblocktemplate', [{ rules: ['segwit'] }])
    const template = parseBlockTemplate(reply, this.#options.reserve)
    const tip = displayHash(template.prevHash)
    const isNewTip = tip !== this.#tip
    // Several signs tell of one block; miners get one job for it.
    if (!isNewTip && !this.#isDue()) return
    this.#tip = tip
    this.#fetchedAtMs = this.#modules.nowMs()
    this.#modules.onTemplate(template, isNewTip)
  }

  #tellError(error: unknown): void {
    const message = (error as Error).message
    if (error instanceof RpcError && SYNCING_CODES.includes(error.code)) this.#tell('syncing', message)
    else {
      if (!(error instanceof RpcUnavailable))
        this.#modules.log.error({ err: error }, 'no template can be made')
      this.#tell('away', message)
    }
  }

  #tell(state: NodeState, message: string, info?: ChainInfo): void {
    const last = this.#status
    const height = info?.blocks ?? last.height
    if (last.state === state && last.message === message && last.height === height) return
    const sinceMs = last.state === state ? last.sinceMs : this.#modules.nowMs()
    const networkDifficulty = info?.difficulty ?? last.networkDifficulty
    this.#status = { state, message, height, networkDifficulty, sinceMs }
    this.#modules.onStatus(this.#status)
  }
}
