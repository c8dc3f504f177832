import { formatRow, type Row } from './report.js'
import { benchSubmitBlock } from './submit-block.js'
import { benchSubmitShares } from './submit-shares.js'
import { benchTipFanOut } from './tip-fan-out.js'
import { benchValidateShare } from './validate-share.js'

/** `npm run bench [-- NAME...]`: each benchmark with real sockets, a real node and real disks; numbers only. */
const BENCHMARKS = new Map<string, () => Row[] | Promise<Row[]>>([
  ['validate-share', benchValidateShare],
  ['submit-shares', benchSubmitShares],
  ['tip-fan-out', benchTipFanOut],
  ['submit-block', benchSubmitBlock],
])

const wanted = process.argv.slice(2)
const unknown = wanted.find((name) => !BENCHMARKS.has(name))
if (unknown !== undefined) {
  console.error(`There is no benchmark "${unknown}"; there are ${[...BENCHMARKS.keys()].join(', ')}.`)
  process.exit(2)
}
for (const [name, run] of BENCHMARKS) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  for (const row of await run()) console.log(formatRow(row))
}
