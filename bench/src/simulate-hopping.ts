import { HOP_RULES } from '@headframe/core/hopping/hop-rule'
import { NAIVE_PPLNS, PROP, UNIT_PPLNS } from '@headframe/core/hopping/pay-rule'
import { simulateHopping, type Gain } from '@headframe/core/hopping/simulate-hopping'
import { formatTable } from './table.js'

/** Prints the table of docs/payouts.md. The seed is fixed: the same program prints the same table. */
const OPTIONS = { seed: 20_261_126, blockCount: 300_000, retargetFactor: 1.1 }

const HEAD = ['the pool pays by', 'he mines there', 'his work there', 'all his work', 'a loyal miner']

const percent = ({ mean, error }: Gain): string =>
  `${mean < 0 ? '-' : '+'}${Math.abs(100 * mean).toFixed(2)} ± ${(100 * error).toFixed(2)} %`

const rows = [PROP, NAIVE_PPLNS, UNIT_PPLNS].flatMap((pay) =>
  HOP_RULES.map((rule) => {
    const { here, hopper, loyal } = simulateHopping(rule, pay, OPTIONS)
    return [pay.name, rule.name, percent(here), percent(hopper), percent(loyal)]
  }),
)
process.stdout.write(`${formatTable(HEAD, rows, [2, 3, 4])}\n`)
