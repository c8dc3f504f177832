import { bytesToHex } from '@headframe/core/bytes'
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
  readonly records: Pick<SessionRecords, 'remember' | 'close' | 'resume'>
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

/** The sessions that this process owns: gives each its extranonce1, and gives back what a lost connection had. */
export class Roster {
  readonly #modules: RosterModules
  readonly #open = new Map<string, Session>()

  constructor(modules: RosterModules) {
    this.#modules = modules
  }

  /** Gives the session back what it had under `sessionId`. False when this process knows nothing of it. */
  resume(session: Session, sessionId: string): boolean {
    const { extranonce1, records, nowMs } = this.#modules
    // A connection that the miner has given up may look alive from here.
    this.#open.get(sessionId)?.close('resumed-elsewhere')
    const record = records.resume(sessionId, nowMs())
    if (record === undefined || !extranonce1.retake(record.extranonce1)) return false
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
    const { extranonce1, nowMs, randomBytes } = this.#modules
    const taken = extranonce1.take(nowMs())
    if (taken === undefined) return false
    session.extranonce1 = taken
    session.sessionId = bytesToHex(taken) + bytesToHex(randomBytes(SECRET_BYTES))
    this.#open.set(session.sessionId, session)
    return true
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
    if (session.grants.isEmpty) return this.#modules.extranonce1.discard(extranonce1, nowMs())
    records.remember(recordOf(session))
    records.close(sessionId, nowMs())
    this.#modules.extranonce1.release(extranonce1, nowMs())
  }

  #restore(session: Session, record: SessionRecord): void {
    const { grantMemo, currentWork, monotonicMs } = this.#modules
    session.extranonce1 = record.extranonce1
    session.sessionId = record.sessionId
    const granted = record.grants.map(({ fromPosition, difficulty, versionMask }) => ({
      fromPosition,
      grant: grantMemo.of(difficulty, versionMask),
      sessionExtranonce1: record.extranonce1,
    }))
    // After a kill the record does not know of the jobs since its last change: what was promised held for them too.
    const lastPosition = Math.max(record.lastPosition, (currentWork()?.position ?? 0) - 1)
    session.grants.restore(granted, lastPosition)
    session.vardiff.onResume(monotonicMs(), session.difficulty)
  }
}

function recordOf(session: Session): SessionRecord {
  const { grants } = session
  return {
    sessionId: session.sessionId,
    extranonce1: session.extranonce1!,
    portNumber: session.options.port.port,
    firstPosition: grants.entries[0]?.fromPosition ?? 0,
    lastPosition: grants.lastPosition,
    grants: grants.entries.map(({ fromPosition, grant }) => ({
      fromPosition,
      difficulty: grant.difficulty,
      versionMask: grant.versionMask,
    })),
  }
}
