/**
 * npm test: everything. Installs and builds what is needed, runs the unit and integration tests in one Vitest run
 * with coverage, then the end-to-end tests in a real browser. The last line has the counts of all of them.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensure, quietTools } from './ensure.mjs'
import { findChromium } from './lib/chromium.mjs'
import { runMain } from './lib/failure.mjs'
import { root } from './lib/root.mjs'
import { countPlaywright, countsLine, countVitest, sumCounts } from './lib/test-counts.mjs'

/** Runs an installed tool in the foreground; a Ctrl-C in the terminal reaches it by itself. */
function runTool(name, args, environment) {
  return new Promise((resolve, reject) => {
    const child = spawn(join(root, 'node_modules', '.bin', name), args, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...quietTools, ...environment },
    })
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(signal === null && code === 0))
  })
}

async function testAll(reports) {
  // Asked first: nobody should wait for minutes to hear that the browser is missing.
  const CHROMIUM = findChromium()
  await ensure()
  const vitestReport = join(reports, 'vitest.json')
  const vitestArgs = [
    'run',
    '--coverage',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${vitestReport}`,
  ]
  const vitestPassed = await runTool('vitest', vitestArgs, {})
  const playwrightReport = join(reports, 'playwright.json')
  const playwrightArgs = ['test', '--config', 'e2e/playwright.config.ts', '--reporter=list,json']
  const playwrightEnvironment = { CHROMIUM, PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport }
  const playwrightPassed = await runTool('playwright', playwrightArgs, playwrightEnvironment)
  const counts = sumCounts([countVitest(vitestReport), countPlaywright(playwrightReport)])
  if (!vitestPassed && counts.failed === 0)
    console.log('Vitest failed for another reason than a test: see above.')
  console.log(countsLine(counts))
  return vitestPassed && playwrightPassed && counts.failed === 0 ? 0 : 1
}

await runMain(async () => {
  const reports = mkdtempSync(join(tmpdir(), 'headframe-reports-'))
  try {
    return await testAll(reports)
  } finally {
    rmSync(reports, { recursive: true })
  }
})
