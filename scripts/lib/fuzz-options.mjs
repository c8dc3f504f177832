import { parseArgs } from 'node:util'
import { Failure } from './failure.mjs'
import { USAGE_EXIT_CODE } from './up-options.mjs'

export const USAGE = `Does to a pool whatever clients can do, longer than the tests do it, and with other chances.

  npm run fuzz [-- options]

  --seconds N   in all, shared among the properties of the suite (default: 60)
  --seed N      where chance begins: the one of a run that found something finds it again (default: another each time)
  --help        this text

What is found is shown as short as it can be made. Exit codes: 0 nothing found, 1 something found, 2 wrong arguments.
`

const DEFAULT_SECONDS = 60
const MAX_SECONDS = 7 * 24 * 3_600
/** fast-check takes seeds of 32 bits. */
const MAX_SEED = 2 ** 31 - 1
/** Properties, one after the other. */
const PROPERTIES = 7

/** @typedef {{ seconds: number, secondsEach: number, seed: number } | 'help'} FuzzOptions */

const wrong = (message) => new Failure(`${message}\n\n${USAGE}`, USAGE_EXIT_CODE)

function readNumber(name, text, lowest, highest) {
  const number = /^\d{1,10}$/.test(text) ? Number(text) : -1
  if (number < lowest || number > highest) {
    throw wrong(`--${name} takes a number from ${lowest} to ${highest}, not "${text}".`)
  }
  return number
}

function parse(args) {
  try {
    const options = {
      seconds: { type: 'string', default: String(DEFAULT_SECONDS) },
      seed: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    }
    return parseArgs({ args, options }).values
  } catch (error) {
    throw wrong(error.message)
  }
}

/**
 * Reads the arguments behind the program's name.
 * @param {string[]} args
 * @param {number} chance from 0 to 1, for a seed that nobody named
 * @returns {FuzzOptions}
 */
export function parseFuzzOptions(args, chance) {
  const { seed, help, ...given } = parse(args)
  if (help) return 'help'
  const seconds = readNumber('seconds', given.seconds, PROPERTIES, MAX_SECONDS)
  return {
    seconds,
    secondsEach: seconds / PROPERTIES,
    seed: seed === undefined ? Math.floor(chance * MAX_SEED) : readNumber('seed', seed, 0, MAX_SEED),
  }
}
