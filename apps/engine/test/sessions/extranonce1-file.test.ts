import { mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { Extranonce1Allocator } from '../../src/sessions/extranonce1-allocator.js'
import { Extranonce1File } from '../../src/sessions/extranonce1-file.js'
import { numberOf, NUMBERS_PER_PREFIX, QUARANTINE_MS } from '../../src/sessions/extranonce1.js'

const log = pino({ level: 'silent' })
const START_MS = 1_800_000_000_000
const PREFIX = 0x00f

function temporaryDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), 'headframe-extranonce1-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  return path
}

const open = (dataDir: string, nowMs: number): Extranonce1Allocator =>
  new Extranonce1Allocator({ prefix: PREFIX, nowMs }, { store: new Extranonce1File(dataDir, PREFIX), log })

function takeMany(allocator: Extranonce1Allocator, count: number, nowMs: number): number[] {
  return Array.from({ length: count }, () => numberOf(allocator.take(nowMs)!))
}

test('starts that follow each other without an orderly end give different numbers', () => {
  const dataDir = temporaryDirectory()
  const given: number[] = []
  for (let life = 0; life < 5; life++)
    given.push(...takeMany(open(dataDir, START_MS + life), 1_500, START_MS + life))
  expect(new Set(given).size).toBe(given.length)
})

test('after an orderly end only what was held rests, and until then every other number can be had', () => {
  const dataDir = temporaryDirectory()
  const first = open(dataDir, START_MS)
  const held = new Set(takeMany(first, 3_000, START_MS))
  first.close()
  const second = open(dataDir, START_MS + 1_000)
  const rest = takeMany(second, NUMBERS_PER_PREFIX - held.size, START_MS + 1_000)
  expect(new Set(rest).size).toBe(rest.length)
  expect(rest.some((number) => held.has(number))).toBe(false)
  expect(second.take(START_MS + 1_000)).toBeUndefined()
  expect(held.has(numberOf(second.take(START_MS + 1_000 + QUARANTINE_MS)!))).toBe(true)
})

test('the file is whole from the start, so that a full disk does not stop it', () => {
  const dataDir = temporaryDirectory()
  new Extranonce1File(dataDir, PREFIX).close()
  const { size, blocks } = statSync(join(dataDir, 'sessions/extranonce1-00f.states'))
  expect(size).toBe(4 * (NUMBERS_PER_PREFIX + 1))
  expect(blocks * 512).toBeGreaterThanOrEqual(size)
})

test('a file that was cut short is refused, because nobody knows what it said', () => {
  const dataDir = temporaryDirectory()
  new Extranonce1File(dataDir, PREFIX).close()
  truncateSync(join(dataDir, 'sessions/extranonce1-00f.states'), 4_096)
  expect(() => new Extranonce1File(dataDir, PREFIX)).toThrow('cut short')
})
