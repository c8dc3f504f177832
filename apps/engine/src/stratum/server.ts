import type { BlockList, Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import type { Network } from '@headframe/core/chain/network'
import type { Job } from '@headframe/core/job/job'
import { SubmitScanner } from '@headframe/core/stratum/scan-submit'
import type { SessionAnswer, SessionQuestion } from '@headframe/core/live/session-question'
import type { StratumPort } from '@headframe/core/stratum/stratum-ports'
import type { PeerId } from '../guard/peer-guard.js'
import { JobVariants } from '../jobs/job-variants.js'
import type { JobStore } from '../jobs/job-store.js'
import type { JobTransactions } from '../jobs/job-transactions.js'
import type { WorkSent } from '../live/tip-log.js'
import type { Introduction } from '../sessions/home-proof.js'
import { Announcement } from './announcement.js'
import { Broadcast } from './broadcast.js'
import { FLOODS, PEERS_FAULT, type CloseReason } from './close-reason.js'
import { EachWriter } from './each-writer.js'
import { Listener } from './listener.js'
import { moveHome, type HomeDoor } from './move-home.js'
import type { TlsCertificate } from './tls-certificate.js'
import { Turns } from './turns.js'
import { TransactionLists } from './transaction-lists.js'
import { AssignedJobs } from './v1/assigned-jobs.js'
import type { Desk, DeskModules, PeerLimits } from './v1/desk.js'
import { GrantMemo } from './v1/grant.js'
import { Peer, type Arrival, type PeerKeeper } from './v1/peer.js'
import type { SessionOptions } from './v1/session-parts.js'
import { Roster, type RosterModules } from './roster.js'
import { answerOf } from './session-page.js'
import { Work } from './work.js'

export interface StratumServerOptions {
  readonly host: string
  /** No other process of the pool listens on the ports. */
  readonly isAlone?: boolean
  readonly ports: readonly StratumPort[]
  readonly network: Network
  readonly limits: PeerLimits
  readonly trustedProxies?: BlockList | undefined
}

export interface StratumServerModules
  extends DeskModules, Pick<RosterModules, 'prefix' | 'extranonce1' | 'records' | 'randomBytes'> {
  readonly jobs: JobStore
  readonly transactions: Pick<JobTransactions, 'now'>
  /** Of the TLS ports. */
  readonly certificate?: TlsCertificate | undefined
  /** The first job of a tip has gone out. */
  readonly onWorkSent?: (sent: WorkSent) => void
  /** To the other processes of this host; undefined when there is none. */
  readonly home?: HomeDoor | undefined
}

const TICK_MS = 1_000
/** When the pool closes, its miners are sent away in so many parts, so that they do not all come back at once. */
const DRAIN_TURNS = 20
const DRAIN_TURN_MS = 100
const MIN_PEERS_PER_TURN = 50

/** Listens on every port, and brings work and commits to every peer. */
export class StratumServer implements PeerKeeper {
  readonly #options: StratumServerOptions
  readonly #desk: Desk
  readonly #peers = new Set<Peer>()
  /** Of miners that were handed to their home, or are to be: they go through this process until they close. */
  readonly #passing = new Set<Socket>()
  readonly #listeners: Listener[] = []
  readonly #certificate: TlsCertificate | undefined
  readonly #home: HomeDoor | undefined
  readonly #sessionOptions = new Map<StratumPort, SessionOptions>()
  readonly #answers = new EachWriter()
  readonly #broadcast: Broadcast
  /** Peers with answers that wait for the journal. */
  #waiting: Peer[] = []
  #work: Work | undefined
  readonly #announcement = new Announcement()
  #ticker: NodeJS.Timeout | undefined

  constructor(options: StratumServerOptions, modules: StratumServerModules) {
    this.#options = options
    this.#certificate = modules.certificate
    this.#home = modules.home
    const { monotonicMs, onWorkSent: onSent } = modules
    this.#broadcast = new Broadcast(this.#peers, onSent && { monotonicMs, onSent })
    const { network } = options
    for (const port of options.ports) {
      this.#sessionOptions.set(port, { port, network, vardiff: { ...port, isFixed: port.fixed } })
    }
    const currentWork = (): Work | undefined => this.#work
    const grantMemo = new GrantMemo()
    this.#desk = {
      ...modules,
      limits: options.limits,
      roster: new Roster({ ...modules, grantMemo, currentWork }),
      assignedJobs: new AssignedJobs(modules.jobs, new JobVariants()),
      grantMemo,
      scanner: new SubmitScanner(),
      turns: new Turns(modules.monotonicMs),
      transactionLists: new TransactionLists(modules.transactions),
      currentWork,
      announcement: this.#announcement,
    }
  }

  get connectionCount(): number {
    return this.#peers.size
  }

  /** The ports that are listened on: those of the options, with the number the system chose in place of 0. */
  async listen(): Promise<number[]> {
    this.#ticker = setInterval(() => this.#tick(), TICK_MS)
    const ports: number[] = []
    for (const port of this.#options.ports) ports.push(await this.#listenOn(port))
    return ports
  }

  /** A new job goes out to every miner that is ready. */
  sendJob(job: Job): void {
    this.#work = new Work(job, this.#work)
    this.#broadcast.send(this.#work)
  }

  /** The journal has reached `committed`: answers what waited for it. */
  flush(committed: number): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const { connection } of waiting) {
      const ready = connection.takeReady(committed)
      if (connection.isSeparating) connection.pushApart(ready)
      else if (ready !== '') this.#answers.add(connection, ready)
    }
    this.#answers.flush()
    for (const peer of waiting) {
      peer.connection.settle()
      if (peer.connection.isWaiting) this.#waiting.push(peer)
    }
  }

  /** The journal has lost what was not committed: a miner that waits for an answer is closed, for it has none coming. */
  failWaiting(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const { connection } of waiting) if (connection.isWaiting) connection.close('journal-failed')
  }

  /** There is no work: closes every miner, and each that comes, until the next job. */
  retire(): void {
    this.#work = undefined
    this.#broadcast.stop()
    this.#closeAll('no-work')
  }

  /** Asks every miner to come back to where it is, a part of them at a time, and ends when all have their answers. */
  async close(): Promise<void> {
    clearInterval(this.#ticker)
    this.#broadcast.stop()
    const closed = this.#listeners.map((listener) => listener.close())
    const peers = [...this.#peers]
    const peersPerTurn = Math.max(MIN_PEERS_PER_TURN, Math.ceil(peers.length / DRAIN_TURNS))
    for (let turn = 0; turn * peersPerTurn < peers.length; turn++) {
      if (turn > 0) await setTimeout(DRAIN_TURN_MS)
      for (const peer of peers.slice(turn * peersPerTurn, (turn + 1) * peersPerTurn)) peer.sendAway()
    }
    // Those that are left wait for the disk.
    for (let turn = 0; turn < DRAIN_TURNS && this.#peers.size > 0; turn++) await setTimeout(DRAIN_TURN_MS)
    this.#closeAll('pool-closing')
    for (const stream of this.#passing) stream.destroy()
    await Promise.all(closed)
  }

  onClose(peer: Peer, reason: CloseReason): void {
    this.#peers.delete(peer)
    const { guard, roster, monotonicMs } = this.#desk
    roster.leave(peer.session)
    // The guard goes on counting it until its stream closes.
    if (reason === 'moved-home') return
    const { peerId, isReady } = peer.session
    if (!isReady && PEERS_FAULT.has(reason)) guard.onFailedHandshake(peerId, monotonicMs())
    if (FLOODS.has(reason)) guard.onFlood(peerId, monotonicMs())
    guard.leave(peerId)
    this.#desk.log.debug({ remoteAddress: peer.connection.remoteAddress, reason }, 'connection closed')
  }

  /** A peer that another process has brought, because its session lives here. */
  welcomeHome(stream: Socket, { remoteAddress, portNumber, answeredCount }: Introduction): void {
    const port = this.#options.ports.find(({ port }) => port === portNumber)
    const { guard, monotonicMs } = this.#desk
    const isOpen = port !== undefined && this.#work !== undefined
    const peerId = isOpen ? guard.admitGuest(remoteAddress, monotonicMs()) : undefined
    if (!isOpen || typeof peerId !== 'number') stream.destroy()
    else this.#welcome(stream, { remoteAddress, peerId, mayMove: false, answeredCount }, port)
  }

  onMove(peer: Peer, prefix: number): boolean {
    if (this.#home === undefined) return false
    const { peerId, options } = peer.session
    const { remoteAddress } = peer.connection
    moveHome(peer, prefix, this.#home, {
      onLeft: (stream) => {
        this.#passing.add(stream)
        stream.once('close', () => this.#passing.delete(stream))
      },
      onGone: (stream) => {
        const leave = (): void => this.#desk.guard.leave(peerId)
        if (stream.destroyed) leave()
        else stream.once('close', leave)
      },
      onBack: (stream, received, answeredCount) => {
        this.#passing.delete(stream)
        const arrival = { remoteAddress, peerId, mayMove: false, answeredCount }
        const back = this.#welcome(stream, arrival, options.port)
        if (this.#work === undefined) back.connection.close('no-work')
        else back.connection.replay(received)
      },
    })
    return true
  }

  /** Closes the peers of an address that has been banned. */
  closeBanned(address: string): void {
    const isOfAddress = this.#desk.guard.findConnected(address)
    if (isOfAddress === undefined) return
    for (const { session } of [...this.#peers]) if (isOfAddress(session.peerId)) session.close('banned')
  }

  /** The share rate that sessions on ports without a fixed difficulty aim at from now on; undefined: the port's own. */
  aimAt(sharesPerMinute: number | undefined): void {
    for (const [port, { vardiff }] of this.#sessionOptions)
      vardiff.sharesPerMinute = sharesPerMinute ?? port.sharesPerMinute
  }

  /** Told to every miner once, and to each that comes. */
  announce(text: string | undefined): void {
    void this.#announcement.change(text, [...this.#peers])
  }

  /** What the console wants to know of the sessions here, or has done to one. */
  answer(question: SessionQuestion): Omit<SessionAnswer, 'writerId'> {
    return answerOf([...this.#peers], question)
  }

  onWaiting(peer: Peer): void {
    this.#waiting.push(peer)
  }

  async #listenOn(port: StratumPort): Promise<number> {
    const { host, isAlone, trustedProxies } = this.#options
    const { guard, connections, log, monotonicMs } = this.#desk
    const listener = await Listener.open(
      { host, port, isAlone, trustedProxies },
      {
        log,
        monotonicMs,
        certificate: this.#certificate,
        admit: (remoteAddress) => this.#admit(remoteAddress),
        onLost: (peerId, remoteAddress) => {
          guard.leave(peerId)
          if (port.tls) connections.open(remoteAddress, port.port).left('tls-failed')
        },
        onPeer: (stream, remoteAddress, peerId) => {
          this.#welcome(
            stream,
            { remoteAddress, peerId, mayMove: this.#home !== undefined, answeredCount: 0 },
            port,
          )
        },
      },
    )
    this.#listeners.push(listener)
    return listener.port
  }

  #welcome(stream: Socket, arrival: Arrival, port: StratumPort): Peer {
    const peer = new Peer(stream, arrival, this.#sessionOptions.get(port)!, this.#desk, this)
    this.#peers.add(peer)
    return peer
  }

  /** Nobody is let in while there is no work: a miner must find another pool at once. */
  #admit(remoteAddress: string): PeerId | undefined {
    if (this.#work === undefined) return undefined
    const { guard, monotonicMs, log } = this.#desk
    const admitted = guard.admit(remoteAddress, monotonicMs())
    if (typeof admitted === 'number') return admitted
    log.debug({ remoteAddress, reason: admitted }, 'connection refused')
    return undefined
  }

  #tick(): void {
    const nowMs = this.#desk.monotonicMs()
    for (const peer of this.#peers) peer.tick(nowMs)
  }

  #closeAll(reason: CloseReason): void {
    for (const { connection } of [...this.#peers]) connection.close(reason)
  }
}
