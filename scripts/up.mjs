/** npm run up: checks what can be checked, installs and builds what is missing, and becomes apps/up. */
import { ensure } from './ensure.mjs'
import { runMain } from './lib/failure.mjs'
import { checkNodeVersion } from './lib/node-version.mjs'
import { preflight } from './lib/preflight.mjs'
import { root } from './lib/root.mjs'
import { parseUpOptions, USAGE } from './lib/up-options.mjs'

await runMain(async () => {
  checkNodeVersion()
  const options = parseUpOptions(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd())
  if (options === 'help') {
    console.log(USAGE)
    return 0
  }
  await preflight(options, root)
  await ensure('@headframe/up')
  const { up } = await import('../apps/up/dist/up.js')
  return up(options)
})
