import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { RESUME_WINDOW_MS } from '../jobs/resume-window.js'
import type { Log } from '../log.js'
import { RecordLog } from './record-log.js'
import { decodeRecord, encodeRecord, formatLine, parseLine, type SessionRecord } from './session-record.js'

export interface SessionRecordsOptions {
  readonly dataDir: string
  /** Sessions of other prefixes live elsewhere. */
  readonly prefix: number
}

export interface SessionRecordsModules {
  readonly log: Log
  readonly nowMs: () => number
}

interface Entry {
  /** What `encodeRecord` made of the record. */
  text: string
  /** 0 while the session is open. */
  closedAtMs: number
}

/** Closed sessions that are known at a time; beyond it the one that closed first is forgotten. */
export const MAX_CLOSED_SESSIONS = 65_536
/** What changes within it is written at once; a kill can cost as much. */
const WRITE_DELAY_MS = 10
/** Lines that are written at once: no long pause for those who mine. */
const LINES_PER_WRITE = 1_024
/** The log is written anew when it has grown beyond this and to twice what it has to say. */
const MIN_COMPACT_BYTES = 256 * 1_024
/** Of a line, beside the record: an estimate. */
const LINE_OVERHEAD_BYTES = 46
const RETRY_MS = 10_000

/**
 * What is known of the sessions of one prefix, so that a miner that comes back within `RESUME_WINDOW_MS` goes on where
 * he was: in memory, and on disk in `DATA/sessions/records-NNN.log`, NNN the prefix in hex.
 *
 * Each change is written within a few ms, behind the back of the miners, and is not synced: a kill loses no more than
 * those few ms, and a loss of power costs only that some miners begin a new session. Likewise a disk that fails.
 */
export class SessionRecords {
  readonly #log: Log
  readonly #file: RecordLog
  readonly #open = new Map<string, Entry>()
  /** In the order of closing. */
  readonly #closed = new Map<string, Entry>()
  /** Ids of what has to be written. */
  #changed = new Set<string>()
  #contentBytes = 0
  /** The file does not say what it should and has to be written anew. */
  #isStale = true
  #isDiskBroken = false
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> | undefined

  /** Sessions that were open when the process before ended count as closed now: they had nobody to come back to. */
  static async open(options: SessionRecordsOptions, modules: SessionRecordsModules): Promise<SessionRecords> {
    const { dataDir, prefix } = options
    const folder = join(dataDir, 'sessions')
    const file = new RecordLog(join(folder, `records-${prefix.toString(16).padStart(3, '0')}.log`))
    const records = new SessionRecords(file, modules.log)
    try {
      await mkdir(folder, { recursive: true })
      records.#load(await file.read(), prefix, modules.nowMs())
    } catch (error) {
      records.#failDisk(error)
    }
    await records.flush()
    return records
  }

  private constructor(file: RecordLog, log: Log) {
    this.#file = file
    this.#log = log
  }

  get openCount(): number {
    return this.#open.size
  }

  get closedCount(): number {
    return this.#closed.size
  }

  /** What is promised to an open session, when it is first sent a job and each time it changes. */
  remember(record: SessionRecord): void {
    const { sessionId } = record
    const text = encodeRecord(record)
    const entry = this.#open.get(sessionId)
    if (entry?.text === text) return
    if (entry === undefined) this.#drop(this.#closed, sessionId)
    else this.#contentBytes -= bytesOf(entry)
    this.#put(this.#open, sessionId, { text, closedAtMs: 0 })
    this.#change(sessionId)
  }

  /** The connection of an open session is gone. */
  close(sessionId: string, nowMs: number): void {
    const entry = this.#drop(this.#open, sessionId)
    if (entry === undefined) return
    this.#put(this.#closed, sessionId, { text: entry.text, closedAtMs: nowMs })
    this.#change(sessionId)
    this.#dropOld(nowMs)
  }

  /**
   * A miner has come back. Undefined when the session is unknown, was closed too long ago, was on another port, or pays
   * another address than the miner has named on a solo port, if he has named one already. The session is open from now on; one that still was is to be closed by the caller before.
   */
  resume(sessionId: string, portNumber: number, nowMs: number, payout?: string): SessionRecord | undefined {
    const open = this.#open.get(sessionId)
    const entry = open ?? this.#closed.get(sessionId)
    if (entry === undefined) return undefined
    const record = decodeRecord(sessionId, entry.text)
    // It stays closed since when it was: its extranonce1 does not rest for longer either.
    if (record.portNumber !== portNumber) return undefined
    if (payout !== undefined && record.payout !== payout) return undefined
    if (open !== undefined) return record
    this.#drop(this.#closed, sessionId)
    if (nowMs - entry.closedAtMs > RESUME_WINDOW_MS) return undefined
    this.#put(this.#open, sessionId, { text: entry.text, closedAtMs: 0 })
    this.#change(sessionId)
    return record
  }

  /** Nobody shall resume the session. */
  forget(sessionId: string): void {
    const entry = this.#drop(this.#open, sessionId) ?? this.#drop(this.#closed, sessionId)
    if (entry !== undefined) this.#change(sessionId)
  }

  /** All that has changed until now is in the file, or the disk has failed. */
  async flush(): Promise<void> {
    await this.#writing
    clearTimeout(this.#timer)
    this.#timer = undefined
    while (this.#changed.size > 0 || this.#isStale) {
      await this.#startWriting()
      if (this.#isDiskBroken) return
    }
  }

  /** Writes what is left; nothing may change after it. */
  async stop(): Promise<void> {
    await this.flush()
    clearTimeout(this.#timer)
    await this.#file.close()
  }

  #put(map: Map<string, Entry>, sessionId: string, entry: Entry): void {
    map.set(sessionId, entry)
    this.#contentBytes += bytesOf(entry)
  }

  #drop(map: Map<string, Entry>, sessionId: string): Entry | undefined {
    const entry = map.get(sessionId)
    if (entry === undefined) return undefined
    map.delete(sessionId)
    this.#contentBytes -= bytesOf(entry)
    return entry
  }

  #dropOld(nowMs: number): void {
    for (const [sessionId, { closedAtMs }] of this.#closed) {
      const isOver = nowMs - closedAtMs > RESUME_WINDOW_MS
      if (!isOver && this.#closed.size <= MAX_CLOSED_SESSIONS) return
      this.#drop(this.#closed, sessionId)
    }
  }

  #change(sessionId: string): void {
    // All of it will be written anyway.
    if (!this.#isStale) this.#changed.add(sessionId)
    this.#writeIn(WRITE_DELAY_MS)
  }

  #writeIn(delayMs: number): void {
    if (this.#timer !== undefined || this.#writing !== undefined) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      void this.#startWriting()
    }, delayMs)
    this.#timer.unref()
  }

  #startWriting(): Promise<void> {
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined
      if (this.#isDiskBroken) this.#writeIn(RETRY_MS)
      else if (this.#isStale || this.#changed.size > 0) this.#writeIn(WRITE_DELAY_MS)
    })
    return this.#writing
  }

  async #write(): Promise<void> {
    try {
      if (this.#isStale) await this.#rewrite()
      else await this.#file.append(this.#nextLines())
      if (this.#isDiskBroken) this.#log.info('session records are written again')
      this.#isDiskBroken = false
      const { byteCount } = this.#file
      if (byteCount > MIN_COMPACT_BYTES && byteCount > 2 * this.#contentBytes) this.#isStale = true
    } catch (error) {
      this.#failDisk(error)
    }
  }

  #nextLines(): string {
    let text = ''
    let count = 0
    for (const sessionId of this.#changed) {
      if (++count > LINES_PER_WRITE) break
      this.#changed.delete(sessionId)
      text += this.#lineOf(sessionId) ?? formatLine({ sessionId, closedAtMs: 0, text: undefined })
    }
    return text
  }

  /** What changes meanwhile is written behind it. */
  async #rewrite(): Promise<void> {
    const sessionIds = [...this.#open.keys(), ...this.#closed.keys()]
    this.#changed = new Set()
    this.#isStale = false
    await this.#file.rewrite(this.#chunksOf(sessionIds))
  }

  *#chunksOf(sessionIds: readonly string[]): Generator<string> {
    for (let at = 0; at < sessionIds.length; at += LINES_PER_WRITE) {
      let text = ''
      for (const sessionId of sessionIds.slice(at, at + LINES_PER_WRITE))
        text += this.#lineOf(sessionId) ?? ''
      yield text
    }
  }

  #lineOf(sessionId: string): string | undefined {
    const entry = this.#open.get(sessionId) ?? this.#closed.get(sessionId)
    return entry && formatLine({ sessionId, ...entry })
  }

  #load(lines: readonly string[], prefix: number, nowMs: number): void {
    const entries = new Map<string, Entry>()
    for (const line of lines) {
      const parsed = parseLine(line, prefix)
      if (parsed?.text === undefined) {
        if (parsed !== undefined) entries.delete(parsed.sessionId)
        continue
      }
      const { sessionId, closedAtMs, text } = parsed
      entries.set(sessionId, { text, closedAtMs: closedAtMs === 0 ? nowMs : Math.min(closedAtMs, nowMs) })
    }
    const byClosing = [...entries].sort(([, a], [, b]) => a.closedAtMs - b.closedAtMs)
    for (const [sessionId, entry] of byClosing) this.#put(this.#closed, sessionId, entry)
    this.#dropOld(nowMs)
  }

  #failDisk(error: unknown): void {
    if (!this.#isDiskBroken) this.#log.error({ err: error }, 'session records cannot be written')
    this.#isDiskBroken = true
    this.#isStale = true
    this.#changed.clear()
  }
}

function bytesOf({ text }: Entry): number {
  return text.length + LINE_OVERHEAD_BYTES
}
