import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { countPlaywright, countsLine, countVitest, sumCounts } from '../lib/test-counts.mjs'

let folder
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'headframe-counts-'))))
afterEach(() => rmSync(folder, { recursive: true }))

function report(content) {
  const path = join(folder, 'report.json')
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

test('Vitest: a file that could not be loaded is a failure', () => {
  const testResults = [
    { status: 'failed', assertionResults: [] },
    { status: 'failed', assertionResults: [{ status: 'failed' }] },
    { status: 'passed', assertionResults: [{ status: 'passed' }] },
  ]
  const content = { numPassedTests: 7, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, testResults }
  expect(countVitest(report(content))).toEqual({ passed: 7, failed: 2, skipped: 3 })
})

test('Playwright: flaky tests and errors outside of tests are failures', () => {
  const content = {
    stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 2 },
    errors: [{ message: 'no server' }],
  }
  expect(countPlaywright(report(content))).toEqual({ passed: 5, failed: 3, skipped: 2 })
})

test.each(['', 'null', '{}', '{"stats":'])('a runner that leaves %j has failed', (content) => {
  expect(countVitest(report(content))).toEqual({ passed: 0, failed: 1, skipped: 0 })
  expect(countPlaywright(report(content))).toEqual({ passed: 0, failed: 1, skipped: 0 })
  expect(countPlaywright(join(folder, 'absent'))).toEqual({ passed: 0, failed: 1, skipped: 0 })
})

test('the closing line adds all runners up, and says what was skipped only if something was', () => {
  const counts = { passed: 3, failed: 0, skipped: 0 }
  expect(countsLine(sumCounts([counts, { passed: 4, failed: 1, skipped: 0 }]))).toBe('7 passed, 1 failed')
  expect(countsLine(sumCounts([counts, { passed: 0, failed: 0, skipped: 2 }]))).toBe(
    '3 passed, 0 failed, 2 skipped',
  )
})
