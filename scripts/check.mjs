/**
 * npm run check: every check of the sources, on two cores at once. One that fails does not keep the others from
 * being run. What a check says is shown when it ends, so that two do not talk at once.
 */
import { spawn } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import { runMain } from './lib/failure.mjs'
import { root } from './lib/root.mjs'

/** Lanes run side by side, the checks of a lane one after the other. The linter takes as long as all the others. */
const LANES = [['lint'], ['types', 'format', 'tidy']]

/** @param {string} name of a script `check:<name>` in package.json */
function check(name) {
  const startedAt = performance.now()
  return new Promise((resolve, reject) => {
    const options = { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] }
    const child = spawn('npm', ['run', '--silent', `check:${name}`], options)
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text))
    child.once('error', reject)
    child.once('close', (code) => {
      const seconds = Math.round((performance.now() - startedAt) / 1000)
      console.log(`--- check:${name} ${code === 0 ? 'passed' : 'FAILED'} in ${seconds} s\n${output}`)
      resolve(code === 0)
    })
  })
}

async function checkLane(names) {
  const results = []
  for (const name of names) results.push(await check(name))
  return results
}

await runMain(async () => {
  const results = (await Promise.all(LANES.map(checkLane))).flat()
  return results.every(Boolean) ? 0 : 1
})
