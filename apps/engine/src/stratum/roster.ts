import { bytesToHex } from '@headframe/core/bytes'
import { parseAddress } from '@headframe/core/chain/address'
import type { Network } from '@headframe/core/chain/network'
import type { Payout } from '../jobs/job-variants.js'
import type { Extranonce1Allocator } from '../sessions/extranonce1-allocator.js'
import { prefixOfSessionId } from '../sessions/extranonce1.js'
import type { SessionRecord } from '../sessions/session-record.js'
import type { SessionRecords } from '../sessions/session-records.js'
import type { GrantMemo } from './v1/grant.js'
import type { Session } from './v1/session.js'
import type { Work } from './work.js'

export interface RosterModules {
  /** Of every extranonce1 that this process gives. */
  readonly prefix: number
  readonly extranonce1: Pick<Extranonce1Allocator, 'take' | 'release' | 'discard' | 'retake'>
  readonly records: Pick<SessionRecords, 'remember' | 'close' | 'resume' | 'forget'>
  readonly grantMemo: GrantMemo
  /** What is handed out now. */
  readonly currentWork: () => Work | undefined
  readonly nowMs: () => number
  readonly monotonicMs: () => number
  /** Bytes that nobody can guess. */
  readonly randomBytes: (size: number) => Uint8Array
}

/** Random bytes of a session id, behind the extranonce1. */
const SECRET_BYTES = 8
const SECRETS_PER_DRAW = 512

/** The sessions that this process owns: gives each its extranonce1, and gives back what a lost connection had. */
export class Roster {
  readonly #modules: RosterModules
  readonly #open = new Map<string, Session>()
  #secrets: Uint8Array = new Uint8Array(0)

  constructor(modules: RosterModules) {
    this.#modules = modules
  }

  /**
   * Gives the session back what it had under `sessionId`. False when this process knows nothing of it, and when it was
   * on another port or mines solo for another address: who has found something may not choose afterwards by which rule
   * and to whom it is paid.
   */
  resume(session: Session, sessionId: string): boolean {
    const { extranonce1, records, nowMs } = this.#modules
    const holder = this.#open.get(sessionId)
    const { port } = session.options.port
    const payout = session.payout?.address
    if (holder !== undefined && holder.options.port.port !== port) return false
    if (holder !== undefined && payout !== undefined && holder.payout?.address !== payout) return false
    const isFreed = holder !== undefined && this.#displace(holder)
    const record = records.resume(sessionId, port, nowMs(), payout)
    if (record === undefined) return false
    if (!isFreed && !extranonce1.retake(record.extranonce1)) {
      records.forget(sessionId)
      return false
    }
    this.#restore(session, record)
    this.#open.set(sessionId, session)
    return true
  }

  /** The prefix of the process that the session lives in, when it is another one. */
  homeOf(sessionId: string): number | undefined {
    const prefix = prefixOfSessionId(sessionId)
    return prefix === this.#modules.prefix ? undefined : prefix
  }

  /** A session that begins. False when there is no extranonce1 left. */
  enter(session: Session): boolean {
    const { extranonce1, nowMs } = this.#modules
    const taken = extranonce1.take(nowMs())
    if (taken !== undefined) this.#register(session, taken)
    return taken !== undefined
  }

  /** What the session was promised has changed. */
  remember(session: Session): void {
    this.#modules.records.remember(recordOf(session))
  }

  /** The session's connection has closed. */
  leave(session: Session): void {
    const { extranonce1, sessionId } = session
    if (extranonce1 === undefined || this.#open.get(sessionId) !== session) return
    this.#open.delete(sessionId)
    const { records, nowMs } = this.#modules
    if (session.grants.isEmpty) {
      // One that was resumed with nothing promised is remembered as open.
      records.forget(sessionId)
      return this.#modules.extranonce1.discard(extranonce1, nowMs())
    }
    records.remember(recordOf(session))
    records.close(sessionId, nowMs())
    this.#modules.extranonce1.release(extranonce1, nowMs())
  }

  /**
   * Somebody has come with the session id of a connection that looks alive. Mostly the miner has given it up; if not,
   * it goes on with another extranonce1, where it understands that. True when its extranonce1 is free to be taken over.
   */
  #displace(holder: Session): boolean {
    const { extranonce1, records, nowMs } = this.#modules
    const other = holder.takesExtranonce ? extranonce1.take(nowMs()) : undefined
    if (other === undefined) {
      holder.close('resumed-elsewhere')
      return false
    }
    records.remember(recordOf(holder))
    this.#open.delete(holder.sessionId)
    this.#register(holder, other)
    holder.renewExtranonce1()
    return true
  }

  #register(session: Session, extranonce1: Uint8Array): void {
    session.extranonce1 = extranonce1
    session.sessionId = bytesToHex(extranonce1) + bytesToHex(this.#takeSecret())
    this.#open.set(session.sessionId, session)
  }

  /** Bytes of its own for each session id, from a draw for many: a draw is a call to the system. */
  #takeSecret(): Uint8Array {
    if (this.#secrets.length === 0) this.#secrets = this.#modules.randomBytes(SECRETS_PER_DRAW * SECRET_BYTES)
    const secret = this.#secrets.subarray(0, SECRET_BYTES)
    this.#secrets = this.#secrets.subarray(SECRET_BYTES)
    return secret
  }

  #restore(session: Session, record: SessionRecord): void {
    const { grantMemo, currentWork, monotonicMs } = this.#modules
    session.extranonce1 = record.extranonce1
    session.sessionId = record.sessionId
    session.payout = payoutOf(record, session.options.network)
    const granted = record.grants.map(({ fromPosition, difficulty, versionMask, maxCoinbaseBytes }) => ({
      fromPosition,
      grant: grantMemo.of(difficulty, versionMask, maxCoinbaseBytes),
      sessionExtranonce1: record.extranonce1,
    }))
    // After a kill the record does not know of the jobs since its last change: what was promised held for them too.
    const lastPosition = Math.max(record.lastPosition, (currentWork()?.position ?? 0) - 1)
    session.grants.restore(granted, lastPosition)
    if (!session.grants.isEmpty) session.vardiff.onResume(monotonicMs(), session.difficulty)
  }
}

function recordOf(session: Session): SessionRecord {
  const { grants } = session
  // What was promised under another extranonce1 is somebody else's now.
  const own = grants.entries.filter(({ sessionExtranonce1 }) => sessionExtranonce1 === session.extranonce1)
  return {
    sessionId: session.sessionId,
    extranonce1: session.extranonce1!,
    portNumber: session.options.port.port,
    payout: session.payout?.address ?? '',
    firstPosition: own[0]?.fromPosition ?? 0,
    lastPosition: grants.lastPosition,
    grants: own.map(({ fromPosition, grant }) => ({
      fromPosition,
      difficulty: grant.difficulty,
      versionMask: grant.versionMask,
      maxCoinbaseBytes: grant.maxCoinbaseBytes,
    })),
  }
}

/** Throws when the record's address is none: it was when it was written. */
function payoutOf({ payout }: SessionRecord, network: Network): Payout | undefined {
  if (payout === '') return undefined
  const parsed = parseAddress(payout, network)
  if (!parsed.ok) throw new Error(`a session's payout address: ${parsed.message}`)
  return { address: parsed.address, script: parsed.script }
}
