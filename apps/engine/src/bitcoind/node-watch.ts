import { displayHash, type BlockHeader } from '@headframe/core/chain/header'
import type { Network } from '@headframe/core/chain/network'
import type { NodeStatus } from '@headframe/core/live/live-feed'
import type { BlockTemplate } from '@headframe/core/template/block-template'
import type { Log } from '../log.js'
import { BlockSigns } from './block-signs.js'
import { getHeader, workOfHex } from './get-header.js'
import { judgeError, judgeInfo, judgeKnownBlocks, OK, type Verdict } from './judge-node.js'
import { Longpoll } from './longpoll.js'
import { getChainInfo, type ChainInfo } from './node-status.js'
import type { Node } from './open-nodes.js'
import type { ReadTemplate } from './parse-reply.js'
import type { RpcClient } from './rpc-client.js'
import type { TemplateReader } from './template-reader.js'

/** What was the first to tell of a tip. `submit`: a node has taken a block of ours. */
export type TipSource = 'rawblock' | 'hashblock' | 'longpoll' | 'poll' | 'submit'

/** The best chain of a node, as it was last heard of. */
export interface Claim {
  /** Display order. */
  readonly hash: string
  readonly height: number
  readonly chainwork: bigint
  readonly sinceMs: number
  readonly heardBy: TipSource
}

/** Where a claim is in the chain. */
export type ClaimedPlace = Omit<Claim, 'sinceMs' | 'heardBy'>

/** A template as the node gave it. */
export interface Offer extends ReadTemplate {
  /** When the node was asked, ms since the epoch. */
  readonly atMs: number
}

export interface NodeWatchModules {
  readonly node: Node
  /** For calls that wait. */
  readonly longpollRpc: RpcClient
  readonly reader: TemplateReader
  readonly log: Log
  readonly nowMs: () => number
  readonly monotonicMs: () => number
  readonly hears: NodeListener
}

/** How a claim came to be known. */
export interface News {
  readonly source: TipSource
  /** On the clock that is never set back, ms. */
  readonly heardAtMs: number
  /** Of the tip, where it is known. */
  readonly header: BlockHeader | undefined
}

/** Who decides what becomes of what a node says. */
export interface NodeListener {
  /** A header that the node says is its tip; returns what it is in the chain when that can be told without asking. */
  readonly place: (hash: string, header: BlockHeader) => ClaimedPlace | undefined
  /** The node's best chain was looked at, or has changed. */
  readonly onClaim: (watch: NodeWatch, news: News) => void
  readonly onOffer: (watch: NodeWatch, offer: Offer) => void
  readonly onStatus: (watch: NodeWatch) => void
}

/** A node that does not say within this how it is is away: its tip may be an old one. */
const LOOK_TIMEOUT_MS = 5_000
const TEMPLATE_TIMEOUT_MS = 20_000
/** A node that gave no template is asked again after so long. */
const RETRY_TEMPLATE_MS = 5_000
/** Templates asked for in a row while the tip keeps changing; the next look asks again. */
const MAX_FETCHES = 3

/**
 * One node: its signs of a new tip (ZMQ, long poll, and a look once a second as a net), how it stands, and its newest
 * template. It never throws and decides nothing; whoever listens does.
 */
export class NodeWatch {
  readonly name: string
  readonly rpc: RpcClient
  readonly #modules: NodeWatchModules
  readonly #network: Network
  readonly #signs: BlockSigns
  readonly #longpoll: Longpoll
  #status: NodeStatus
  #claim: Claim | undefined
  #offer: Offer | undefined
  /** Counts what was asked and heard, so that an answer does not undo what was heard after its question. */
  #order = 0
  #claimOrder = 0
  #isKnownChain = false
  /** Why there is no template, while there is none. */
  #templateVerdict = OK
  #templateAskedAtMs = 0
  #looking: Promise<void> | undefined
  #wantedLook: TipSource | undefined
  #fetching: Promise<void> | undefined
  #isLagging = false
  #isClosed = false

  constructor(network: Network, modules: NodeWatchModules) {
    this.#network = network
    this.#modules = modules
    const { node, longpollRpc, log } = modules
    this.name = node.name
    this.rpc = node.rpc
    this.#status = { state: 'away', message: 'It was not asked yet.', sinceMs: modules.nowMs() }
    this.#signs = new BlockSigns(node.place, {
      log,
      onHash: (hash) => void this.#hear('hashblock', hash),
      onHeader: (hash, header) => void this.#hear('rawblock', hash, header),
    })
    this.#longpoll = new Longpoll({
      rpc: longpollRpc,
      log,
      longpollId: () => (this.isHealthy ? this.#offer?.template.longpollId : undefined),
      onAnswer: (body) => this.#read(body, modules.nowMs(), 'longpoll'),
    })
  }

  get status(): NodeStatus {
    return this.#status
  }

  /** Its last word when it is away. */
  get claim(): Claim | undefined {
    return this.#claim
  }

  get offer(): Offer | undefined {
    return this.#offer
  }

  /** It answers and is on the pool's chain, if maybe not on the best tip of it: its tip counts. */
  get isHeard(): boolean {
    return this.isHealthy || this.#status.state === 'failing'
  }

  /** Besides, it gives templates. */
  get isHealthy(): boolean {
    const { state } = this.#status
    return state === 'ok' || state === 'lagging'
  }

  /** Looks how the node stands and where its chain is. One look at a time; who asks during one causes one more. */
  async look(source: TipSource = 'poll'): Promise<void> {
    if (this.#looking !== undefined) this.#wantedLook = source
    this.#looking ??= this.#lookAll(source)
    await this.#looking
  }

  /** Asks for a template of the tip that the node is on; who asks while one is on its way waits for that one. */
  async fetch(): Promise<void> {
    this.#fetching ??= this.#fetchAll()
    await this.#fetching
  }

  /** Whether others have had a better tip for a while. */
  setLagging(isLagging: boolean): void {
    if (this.#isLagging === isLagging) return
    this.#isLagging = isLagging
    if (this.isHealthy) this.#tell(OK)
  }

  /** Calls under way are for who opened the node to end. */
  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.all([this.#signs.close(), this.#longpoll.close()])
    await Promise.all([this.#looking, this.#fetching])
  }

  async #lookAll(first: TipSource): Promise<void> {
    for (let source: TipSource | undefined = first; source !== undefined; source = this.#wantedLook) {
      this.#wantedLook = undefined
      await this.#lookOnce(source)
    }
    this.#looking = undefined
  }

  async #lookOnce(source: TipSource): Promise<void> {
    const order = ++this.#order
    try {
      const info = await getChainInfo(this.rpc, AbortSignal.timeout(LOOK_TIMEOUT_MS))
      this.#tell(await this.#judge(info), info)
      const { bestblockhash: hash, blocks: height } = info
      const news = { source, heardAtMs: this.#modules.monotonicMs(), header: undefined }
      if (this.isHeard) this.#setClaim(order, { hash, height, chainwork: workOfHex(info.chainwork) }, news)
    } catch (error) {
      // Who comes back may have another chain behind him.
      this.#isKnownChain = false
      this.#tell(judgeError(error))
    }
    if (this.#templateVerdict !== OK && this.#isDue(RETRY_TEMPLATE_MS)) void this.fetch()
  }

  async #judge(info: ChainInfo): Promise<Verdict> {
    const verdict = judgeInfo(info, this.#network)
    if (verdict.state !== 'ok') return verdict
    if (!this.#isKnownChain) {
      const known = await judgeKnownBlocks(this.rpc, info, this.#network)
      if (known !== OK) return known
      this.#isKnownChain = true
    }
    return this.#templateVerdict
  }

  /** What ZMQ says. It is believed of a node that is in order, as far as it can be checked; otherwise asked after. */
  async #hear(source: TipSource, hash: string, header?: BlockHeader): Promise<void> {
    if (!this.isHeard) return this.look(source)
    if (hash === this.#claim?.hash) return
    const order = ++this.#order
    const heardAtMs = this.#modules.monotonicMs()
    const place = header && this.#modules.hears.place(hash, header)
    if (place === undefined) await this.#askFor(order, hash, source, heardAtMs)
    else this.#setClaim(order, place, { source, heardAtMs, header })
  }

  async #askFor(order: number, hash: string, source: TipSource, heardAtMs: number): Promise<void> {
    try {
      const asked = await getHeader(this.rpc, hash, AbortSignal.timeout(LOOK_TIMEOUT_MS))
      const news = { source, heardAtMs, header: asked.header }
      // What a node publishes may come late: by then the block can have others behind it, or be gone.
      if (asked.isTip) this.#setClaim(order, asked, news)
      else await this.look(source)
    } catch (error) {
      this.#modules.log.debug(
        { node: this.name, reason: (error as Error).message },
        'a sign that leads nowhere',
      )
      await this.look()
    }
  }

  #setClaim(order: number, { hash, height, chainwork }: ClaimedPlace, news: News): void {
    if (order < this.#claimOrder) return
    this.#claimOrder = order
    const isSame = hash === this.#claim?.hash
    const since = isSame ? this.#claim! : { sinceMs: this.#modules.nowMs(), heardBy: news.source }
    this.#claim = { hash, height, chainwork, sinceMs: since.sinceMs, heardBy: since.heardBy }
    this.#modules.hears.onClaim(this, news)
  }

  #isDue(everyMs: number): boolean {
    return this.#modules.nowMs() - this.#templateAskedAtMs >= everyMs
  }

  async #fetchAll(): Promise<void> {
    for (let count = 0; count < MAX_FETCHES; count++) {
      await this.#fetchOnce()
      // What was on its way when the tip changed is of no use.
      if (this.#offer === undefined || tipOf(this.#offer.template) === this.#claim?.hash) break
    }
    this.#fetching = undefined
  }

  async #fetchOnce(): Promise<void> {
    const atMs = this.#modules.nowMs()
    this.#templateAskedAtMs = atMs
    const signal = AbortSignal.timeout(TEMPLATE_TIMEOUT_MS)
    try {
      await this.#read(await this.rpc.callRaw('getblocktemplate', [{ rules: ['segwit'] }], signal), atMs)
    } catch (error) {
      this.#templateVerdict = judgeError(error)
      this.#tell(this.#templateVerdict)
    }
  }

  async #read(body: Buffer, atMs: number, source: TipSource = 'poll'): Promise<void> {
    const read = await this.#modules.reader.read(body)
    if (this.#templateVerdict !== OK) {
      this.#templateVerdict = OK
      await this.look()
    }
    this.#offer = { ...read, atMs }
    // A template names its tip, but not the work behind it.
    if (tipOf(read.template) !== this.#claim?.hash) await this.look(source)
    this.#modules.hears.onOffer(this, this.#offer)
  }

  #tell(verdict: Verdict, info?: ChainInfo): void {
    if (this.#isClosed) return
    const isBehind = verdict.state === 'ok' && this.#isLagging
    const { state, message } = isBehind ? LAGGING : verdict
    const last = this.#status
    const height = info?.blocks ?? last.height
    const networkDifficulty = info?.difficulty ?? last.networkDifficulty
    const sinceMs = last.state === state ? last.sinceMs : this.#modules.nowMs()
    this.#status = { state, message, height, networkDifficulty, sinceMs }
    if (last.state !== state || last.message !== message) this.#modules.hears.onStatus(this)
  }
}

const LAGGING: Verdict = { state: 'lagging', message: 'Others have a better tip.' }

/** Display order, as the node names it. */
export const tipOf = (template: BlockTemplate): string => displayHash(template.prevHash)
