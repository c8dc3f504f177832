import type { Socket } from 'node:net'
import type { Line } from '@headframe/core/stratum/line-framer'
import { parseRequest } from '@headframe/core/stratum/parse-request'
import { otherError } from '@headframe/core/stratum/reject-code'
import { MALFORMED_TEXT, type MalformedMessage } from '@headframe/core/stratum/request'
import { Vardiff } from '@headframe/core/vardiff/vardiff'
import type { PeerId } from '../../guard/peer-guard.js'
import type { CloseReason } from '../close-reason.js'
import { Connection, type LineReceiver } from '../connection.js'
import type { WorkTaker } from '../broadcast.js'
import type { WorkLine } from '../work-line.js'
import type { Work } from '../work.js'
import type { Desk } from './desk.js'
import { dispatch } from './dispatch.js'
import { submitScanned } from './handlers/submit.js'
import type { SessionOptions } from './session-parts.js'
import { Session } from './session.js'

/** Lines that make no sense in a row, after which the peer is not a miner. */
const MAX_MALFORMED_IN_A_ROW = 10
/** Lines of a peer that is not at work yet: no client needs ten to get there. */
const MAX_LINES_BEFORE_WORK = 64
/** Lines before and with the subscribe, of a peer that may be handed on. */
const MAX_PREFACE_LINES = 16
const NEWLINE = Buffer.from('\n')
/** Pings without an answer, after which a peer that answers pings is gone. */
const MAX_UNANSWERED_PINGS = 3

/** How a peer came here. */
export interface Arrival {
  readonly remoteAddress: string
  /** Under which the guard knows the connection. */
  readonly peerId: PeerId
  /** Whether the peer may be handed to the process that its session lives in: not if it was already. */
  readonly mayMove: boolean
  /** Of the requests it will make first, how many were answered elsewhere. */
  readonly answeredCount: number
}

/** Who keeps the peers. */
export interface PeerKeeper {
  /** The peer's session lives in the process that has `prefix`. False when there is no way to it. */
  onMove(peer: Peer, prefix: number): boolean
  onClose(peer: Peer, reason: CloseReason): void
  /** The peer has answers that wait for the journal. */
  onWaiting(peer: Peer): void
}

/** One peer: its connection, its session, and line -> request -> handler between them. */
export class Peer implements LineReceiver, WorkTaker {
  readonly connection: Connection
  readonly session: Session
  readonly #desk: Desk
  readonly #keeper: PeerKeeper
  readonly #openedAtMs: number
  #heardAtMs: number
  #malformedInARow = 0
  #linesBeforeWork = 0
  /** What the peer has sent until it subscribed; undefined when nobody will ask. */
  #preface: Buffer[] | undefined = []
  /** Pings since the peer was heard last. */
  #pings = 0

  constructor(socket: Socket, arrival: Arrival, options: SessionOptions, desk: Desk, keeper: PeerKeeper) {
    const nowMs = desk.monotonicMs()
    this.#desk = desk
    this.#keeper = keeper
    this.#openedAtMs = nowMs
    this.#heardAtMs = nowMs
    const { remoteAddress, peerId, mayMove, answeredCount } = arrival
    if (!mayMove) this.#preface = undefined
    this.connection = new Connection(socket, remoteAddress, desk.limits, desk, this, answeredCount)
    const vardiff = new Vardiff(options.vardiff, nowMs)
    const trace = desk.connections.open(remoteAddress, options.port.port)
    const parts = { connection: this.connection, vardiff, peerId, mover: this, trace }
    this.session = new Session(options, desk, parts)
  }

  get isWorking(): boolean {
    return this.session.isReady
  }

  receive(line: Line): void {
    const { scanner } = this.#desk
    const nowMs = this.#desk.monotonicMs()
    this.#heardAtMs = nowMs
    this.#pings = 0
    const verdict = this.#desk.guard.onMessage(this.session.peerId, nowMs)
    if (verdict !== 'taken') return this.connection.close(verdict)
    if (!this.session.isReady && ++this.#linesBeforeWork > MAX_LINES_BEFORE_WORK)
      return this.connection.close('too-many-messages')
    if (this.#preface !== undefined) this.#note(line)
    if (scanner.scan(line)) {
      this.#malformedInARow = 0
      submitScanned(this.session, scanner, line)
      return
    }
    const message = parseRequest(line)
    if (message.kind === 'malformed') return this.#refuse(message)
    this.#malformedInARow = 0
    if (message.kind === 'request') dispatch(this.session, message)
    else this.session.hearAnswer(message.id, message.result)
  }

  moveHome(prefix: number): boolean {
    return this.#preface !== undefined && this.#keeper.onMove(this, prefix)
  }

  /** What the peer has sent so far, to begin anew with elsewhere. */
  takePreface(): Buffer {
    const preface = Buffer.concat(this.#preface ?? [])
    this.#preface = undefined
    return preface
  }

  takeWork(work: Work): WorkLine | undefined {
    return this.session.isReady ? this.session.sendWork(work) : undefined
  }

  onFault(error: unknown): void {
    this.#desk.log.error({ err: error }, 'a line of a peer has shown a defect; closing the peer')
  }

  onClose(reason: CloseReason): void {
    this.session.end()
    this.session.trace.left(reason)
    this.#keeper.onClose(this, reason)
  }

  onWaiting(): void {
    this.#keeper.onWaiting(this)
  }

  /** Once a second: what time alone brings about. */
  tick(nowMs: number): void {
    const { session, connection } = this
    const { handshakeTimeoutMs, idleTimeoutMs } = this.#desk.limits
    const silenceMs = nowMs - this.#heardAtMs
    if (!session.isReady && nowMs - this.#openedAtMs > handshakeTimeoutMs)
      return connection.close('handshake-timeout')
    if (silenceMs > idleTimeoutMs) return connection.close('idle')
    if (!session.isReady) return
    if (session.profile.answersPing) this.#askIfThere(silenceMs)
    session.follow(session.vardiff.onIdle(nowMs))
  }

  /** A socket can stay open for hours after the machine behind it has gone. */
  #askIfThere(silenceMs: number): void {
    if (silenceMs < (this.#pings + 1) * this.session.profile.keepaliveSeconds * 1_000) return
    if (this.#pings++ === MAX_UNANSWERED_PINGS) this.connection.close('idle')
    else this.session.ping()
  }

  /** The pool closes: the miner is asked to come back, and has its answers first. */
  sendAway(): void {
    this.session.sayReconnect()
    this.connection.end('pool-closing')
  }

  #note(line: Line): void {
    this.#preface!.push(Buffer.from(line), NEWLINE)
    const isTooLong = this.#preface!.length > 2 * MAX_PREFACE_LINES
    if (isTooLong || this.session.extranonce1 !== undefined) this.#preface = undefined
  }

  #refuse({ id, reason }: MalformedMessage): void {
    this.session.refuse(id ?? null, otherError(MALFORMED_TEXT[reason]))
    this.session.blame('malformed')
    this.#malformedInARow++
    if (this.#malformedInARow === MAX_MALFORMED_IN_A_ROW) this.connection.close('too-many-errors')
  }
}
