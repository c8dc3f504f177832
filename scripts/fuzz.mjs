/** npm run fuzz: the fuzz tests of the Stratum edge, for as long as one likes. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { runMain } from './lib/failure.mjs'
import { parseFuzzOptions, USAGE } from './lib/fuzz-options.mjs'
import { root } from './lib/root.mjs'

const TEST = 'apps/engine/test/fuzz/fuzz.test.ts'

function runTests({ secondsEach, seed }) {
  return new Promise((resolve, reject) => {
    const child = spawn(
      join(root, 'node_modules', '.bin', 'vitest'),
      ['run', '--project', 'unit', '--bail', '1', TEST],
      {
        cwd: root,
        stdio: 'inherit',
        env: { ...process.env, FUZZ_SECONDS: String(secondsEach), FUZZ_SEED: String(seed) },
      },
    )
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(signal === null && code === 0 ? 0 : 1))
  })
}

await runMain(async () => {
  const options = parseFuzzOptions(process.argv.slice(2), Math.random())
  if (options === 'help') {
    console.log(USAGE)
    return 0
  }
  const { seconds, secondsEach, seed } = options
  const again = `npm run fuzz -- --seconds ${seconds} --seed ${seed}`
  console.log(`${secondsEach.toFixed(1)} s for each kind, from seed ${seed}: ${again}`)
  const exitCode = await runTests(options)
  if (exitCode !== 0) console.log(`Something was found. To find it again: ${again}`)
  return exitCode
})
