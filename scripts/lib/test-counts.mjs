import { readFileSync } from 'node:fs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** A runner that leaves no report has failed, whatever it printed. */
const NO_REPORT = { passed: 0, failed: 1, skipped: 0 }

function readReport(path, count) {
  try {
    return count(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return NO_REPORT
  }
}

/**
 * Counts of Vitest's JSON report. A file that could not be loaded has no tests and counts as one failure.
 * @param {string} path
 * @returns {Counts}
 */
export function countVitest(path) {
  return readReport(path, (report) => {
    const unloaded = report.testResults.filter(
      ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
    )
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + unloaded.length,
      skipped: report.numPendingTests + report.numTodoTests,
    }
  })
}

/**
 * Counts of Playwright's JSON report. A test that passed only when it was tried again has failed.
 * @param {string} path
 * @returns {Counts}
 */
export function countPlaywright(path) {
  return readReport(path, ({ stats, errors }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  }))
}

/**
 * @param {Counts[]} all
 * @returns {Counts}
 */
export function sumCounts(all) {
  const sum = (key) => all.reduce((total, counts) => total + counts[key], 0)
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') }
}

/** The line that closes a run. */
export function countsLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
