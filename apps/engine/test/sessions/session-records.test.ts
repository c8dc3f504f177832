import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { pino } from 'pino'
import { describe, expect, onTestFinished, test } from 'vitest'
import { RESUME_WINDOW_MS } from '../../src/jobs/resume-window.js'
import { makeExtranonce1 } from '../../src/sessions/extranonce1.js'
import type { SessionRecord } from '../../src/sessions/session-record.js'
import { MAX_CLOSED_SESSIONS, SessionRecords } from '../../src/sessions/session-records.js'

const PREFIX = 0x123
const PORT = 3333
const START_MS = 1_800_000_000_000
const log = pino({ level: 'silent' })

function temporaryDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), 'headframe-sessions-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  return path
}

const fileIn = (dataDir: string): string => join(dataDir, 'sessions/records-123.log')
const open = (dataDir: string, nowMs = START_MS, prefix = PREFIX): Promise<SessionRecords> =>
  SessionRecords.open({ dataDir, prefix }, { log, nowMs: () => nowMs })

function recordOf(number: number, difficulty = 1_024, grantCount = 1): SessionRecord {
  const extranonce1 = makeExtranonce1(PREFIX, number)
  const fromOf = (grant: number): number => 0xfffffff0 * 256 + number * 7 + grant
  return {
    sessionId: `${Buffer.from(extranonce1).toString('hex')}${number.toString(16).padStart(16, '0')}`,
    extranonce1,
    payout: '',
    portNumber: PORT,
    firstPosition: fromOf(0),
    lastPosition: fromOf(grantCount),
    grants: Array.from({ length: grantCount }, (_, grant) => ({
      fromPosition: fromOf(grant),
      difficulty: difficulty / (grant + 1),
      versionMask: 0x1fffe000,
      maxCoinbaseBytes: 750,
    })),
  }
}

const idOf = (number: number): string => recordOf(number).sessionId

describe('a session', () => {
  test('is resumed as it was remembered last, until the window is over', async () => {
    const records = await open(temporaryDirectory())
    records.remember(recordOf(1, 512))
    records.remember(recordOf(1, 0.000_123, 3))
    records.close(idOf(1), START_MS)
    expect(records.resume(idOf(1), PORT, START_MS + RESUME_WINDOW_MS)).toEqual(recordOf(1, 0.000_123, 3))
    records.close(idOf(1), START_MS)
    expect(records.resume(idOf(1), PORT, START_MS + RESUME_WINDOW_MS + 1)).toBeUndefined()
    expect(records.resume(idOf(1), PORT, START_MS)).toBeUndefined()
    await records.stop()
  })

  test('is resumed also while it seems to be open', async () => {
    const records = await open(temporaryDirectory())
    records.remember(recordOf(1))
    expect(records.resume(idOf(1), PORT, START_MS)).toEqual(recordOf(1))
    await records.stop()
  })

  test('is not resumed on another port, and no later on its own because of that', async () => {
    const records = await open(temporaryDirectory())
    records.remember(recordOf(1))
    expect(records.resume(idOf(1), PORT + 1, START_MS)).toBeUndefined()
    records.close(idOf(1), START_MS)
    expect(records.resume(idOf(1), PORT + 1, START_MS + RESUME_WINDOW_MS)).toBeUndefined()
    expect(records.resume(idOf(1), PORT, START_MS + RESUME_WINDOW_MS + 1)).toBeUndefined()
    await records.stop()
  })

  test('is not resumed under another secret, when unknown or when forgotten, also after a restart', async () => {
    const dataDir = temporaryDirectory()
    const records = await open(dataDir)
    for (const number of [1, 2, 3]) records.remember(recordOf(number))
    records.close(idOf(2), START_MS)
    await records.flush()
    records.forget(idOf(1))
    records.forget(idOf(2))
    const guessed = `${idOf(3).slice(0, 23)}f`
    const expectRefused = (from: SessionRecords): void => {
      for (const id of [idOf(1), idOf(2), guessed, idOf(4)])
        expect(from.resume(id, PORT, START_MS)).toBeUndefined()
    }
    expectRefused(records)
    await records.flush()
    const next = await open(dataDir)
    expectRefused(next)
    expect(next.resume(idOf(3), PORT, START_MS)).toEqual(recordOf(3))
    await Promise.all([records.stop(), next.stop()])
  })

  test('that was open when the process ended counts as closed at the next start, and only at the next', async () => {
    const dataDir = temporaryDirectory()
    const first = await open(dataDir)
    first.remember(recordOf(1))
    await first.flush()
    const laterMs = START_MS + 5 * RESUME_WINDOW_MS
    await (await open(dataDir, laterMs)).stop()
    const third = await open(dataDir, laterMs + RESUME_WINDOW_MS)
    expect(third.resume(idOf(1), PORT, laterMs + RESUME_WINDOW_MS + 1)).toBeUndefined()
    const fourth = await open(dataDir, laterMs + RESUME_WINDOW_MS)
    expect(fourth.resume(idOf(1), PORT, laterMs + RESUME_WINDOW_MS)).toEqual(recordOf(1))
    await Promise.all([first.stop(), third.stop(), fourth.stop()])
  })

  test('of another prefix is left alone', async () => {
    const dataDir = temporaryDirectory()
    const records = await open(dataDir)
    records.remember(recordOf(1))
    await records.stop()
    const text = readFileSync(fileIn(dataDir), 'utf8')
    writeFileSync(join(dataDir, 'sessions/records-124.log'), text)
    const other = await open(dataDir, START_MS, 0x124)
    expect(other.closedCount).toBe(0)
    await other.stop()
  })
})

const STEP = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constant('remember' as const),
      who: fc.nat(5),
      difficulty: fc.double({ min: 1e-9, max: 2 ** 53, noNaN: true }),
      grants: fc.integer({ min: 1, max: 4 }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ act: fc.constant('close' as const), who: fc.nat(5) }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('resume' as const), who: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('forget' as const), who: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('pass' as const), ms: fc.nat(RESUME_WINDOW_MS) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('flush' as const) }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('restart' as const), tornBytes: fc.nat(40) }) },
)

test('records are true to a simple model over restarts with a torn last line', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(STEP, { maxLength: 40 }), async (steps) => {
      const dataDir = mkdtempSync(join(tmpdir(), 'headframe-sessions-'))
      let nowMs = START_MS
      let records = await open(dataDir, nowMs)
      const model = new Map<string, { record: SessionRecord; closedAtMs: number | undefined }>()
      for (const step of steps) {
        const id = 'who' in step ? idOf(step.who) : ''
        const known = model.get(id)
        if (step.act === 'pass') nowMs += step.ms
        else if (step.act === 'remember') {
          const record = recordOf(step.who, step.difficulty, step.grants)
          records.remember(record)
          model.set(id, { record, closedAtMs: undefined })
        } else if (step.act === 'close') {
          records.close(id, nowMs)
          if (known !== undefined) known.closedAtMs ??= nowMs
        } else if (step.act === 'forget') {
          records.forget(id)
          model.delete(id)
        } else if (step.act === 'resume') {
          const isThere = known !== undefined && nowMs - (known.closedAtMs ?? nowMs) <= RESUME_WINDOW_MS
          expect(records.resume(id, PORT, nowMs)).toEqual(isThere ? known.record : undefined)
          if (isThere) known.closedAtMs = undefined
          else model.delete(id)
        } else {
          await records.flush()
          if (step.act === 'flush') continue
          const torn = '["12300001ffffffffffffffff",0,[3333,1,2,3,4,5]]'.slice(0, step.tornBytes)
          writeFileSync(fileIn(dataDir), torn, { flag: 'a' })
          for (const entry of model.values()) entry.closedAtMs ??= nowMs
          const before = records
          records = await open(dataDir, nowMs)
          await before.stop()
        }
      }
      await records.stop()
      rmSync(dataDir, { recursive: true })
    }),
    { numRuns: 150 },
  )
})

describe('bounds', () => {
  test('closed sessions: the one that closed first goes', async () => {
    const records = await open(temporaryDirectory())
    for (let number = 0; number <= MAX_CLOSED_SESSIONS; number++) {
      records.remember(recordOf(number))
      records.close(idOf(number), START_MS)
    }
    expect(records.closedCount).toBe(MAX_CLOSED_SESSIONS)
    expect(records.resume(idOf(0), PORT, START_MS)).toBeUndefined()
    expect(records.resume(idOf(1), PORT, START_MS)).toEqual(recordOf(1))
    records.close(idOf(1), START_MS + RESUME_WINDOW_MS + 1)
    expect(records.closedCount).toBe(1)
    await records.stop()
  })

  test('the file: twice what it has to say', async () => {
    const dataDir = temporaryDirectory()
    const records = await open(dataDir)
    for (let round = 1; round <= 30; round++) {
      for (let number = 0; number < 1_000; number++) records.remember(recordOf(number, round, 3))
      await records.flush()
    }
    const contentBytes = readFileSync(fileIn(dataDir), 'utf8').split('\n')[0]!.length * 1_000
    expect(statSync(fileIn(dataDir)).size).toBeLessThan(3 * contentBytes)
    expect(statSync(fileIn(dataDir)).mode & 0o777).toBe(0o600)
    const next = await open(dataDir)
    for (let number = 0; number < 1_000; number++) {
      expect(next.resume(idOf(number), PORT, START_MS)).toEqual(recordOf(number, 30, 3))
    }
    await Promise.all([records.stop(), next.stop()])
  })
})

test('a disk that fails costs what is on it, is told of once, and is written again when it is mended', async () => {
  const dataDir = temporaryDirectory()
  writeFileSync(join(dataDir, 'sessions'), 'in the way')
  const lines: string[] = []
  const loud = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) })
  const records = await SessionRecords.open({ dataDir, prefix: PREFIX }, { log: loud, nowMs: () => START_MS })
  records.remember(recordOf(1))
  await records.flush()
  records.remember(recordOf(2))
  await records.flush()
  expect(lines.length).toBe(1)
  records.close(idOf(1), START_MS)
  expect(records.resume(idOf(1), PORT, START_MS)).toEqual(recordOf(1))
  rmSync(join(dataDir, 'sessions'))
  mkdirSync(join(dataDir, 'sessions'))
  await records.flush()
  expect(lines.length).toBe(2)
  const next = await open(dataDir)
  expect(next.resume(idOf(2), PORT, START_MS)).toEqual(recordOf(2))
  await Promise.all([records.stop(), next.stop()])
})

test('lines that are not ours are passed over', async () => {
  const dataDir = temporaryDirectory()
  const records = await open(dataDir)
  records.remember(recordOf(1))
  await records.stop()
  const good = readFileSync(fileIn(dataDir), 'utf8')
  const id = idOf(2)
  const bad = ['', '{}', '[]', '[1]', 'null', `["${id}",0]`, `["${id}",0,[1,2]]`, `["${id}",0,[1,2,3,4]]`]
  const worse = [
    `["${id}",-1,[1,2,3]]`,
    `["${id}","0",[1,2,3]]`,
    `["${id}",0,[1,2,null]]`,
    `["${id.slice(1)}",0,[1,2,3]]`,
  ]
  writeFileSync(fileIn(dataDir), [...bad, ...worse, good, '\u0000\u0000'].join('\n'))
  const next = await open(dataDir)
  expect(next.closedCount).toBe(1)
  expect(next.resume(idOf(1), PORT, START_MS)).toEqual(recordOf(1))
  await next.stop()
})
