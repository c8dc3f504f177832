import { describeMachine, formatMachine } from '../machine.js'
import { chaosPayouts } from './chaos-payouts.js'
import { parseChaosOptions, USAGE, type ChaosOptions } from './chaos-options.js'
import type { ChaosResult } from './chaos.js'

/** `npm run chaos:payouts`. Returns the exit code. */
async function main(): Promise<number> {
  const options = readOptions()
  if (typeof options === 'string') {
    console.log(options)
    return options === USAGE ? 0 : 2
  }
  const { runs, seed } = options
  console.log(`${runs} kills from seed ${seed}\n${formatMachine(describeMachine())}\n`)
  const result = await chaosPayouts(options, say)
  console.log(textOf(result))
  return result.wrong.length === 0 ? 0 : 1
}

const say = (text: string): void => console.log(`${new Date().toISOString()} ${text}`)

function readOptions(): ChaosOptions | string {
  try {
    const options = parseChaosOptions(process.argv.slice(2))
    return options === 'help' ? USAGE : options
  } catch (error) {
    return `${(error as Error).message}\n\n${USAGE}`
  }
}

function textOf({ kills, killedIn, events, miners, batches, versions, wrong }: ChaosResult): string {
  const listOf = (counts: ReadonlyMap<string, number>) =>
    [...counts].map(([name, number]) => `${name} ${number}`).join(', ')
  return [
    '',
    `killed ${kills} times; payouts under way then: ${listOf(killedIn)}`,
    `besides: ${listOf(events)}`,
    `${miners} miners, ${batches} payouts, ${versions} transactions made for them`,
    ...(wrong.length === 0 ? ['Everybody has what he was owed, once, and nothing is under way.'] : wrong),
  ].join('\n')
}

process.exitCode = await main()
