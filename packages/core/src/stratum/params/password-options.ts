import { MAX_DIFFICULTY, MIN_DIFFICULTY } from '../format-difficulty.js'

/** What a miner asks for in its password, the one field that every firmware and rental form lets a person fill in. */
export interface PasswordOptions {
  /** `d=` or `diff=`: the difficulty to stay at, from 1e-9 to 2^53. Beside it the floor says nothing. */
  readonly fixedDifficulty: number | undefined
  /** `md=`: vardiff may not go below it; from 1e-9 to 2^53. */
  readonly minDifficulty: number | undefined
  /** Why an option was left out, in words for the miner. */
  readonly problem: string | undefined
}

const OPTION_NAMES: ReadonlyMap<string, 'fixedDifficulty' | 'minDifficulty'> = new Map([
  ['d', 'fixedDifficulty'],
  ['diff', 'fixedDifficulty'],
  ['md', 'minDifficulty'],
])

/** A decimal with or without fraction and exponent, and nothing behind it: a `k` is said to be wrong, not guessed at. */
const NUMBER = /^(?:\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})(?:e[+-]?\d{1,3})?$/i

/**
 * Finds the options in a password such as `x`, `d=1000` or `x;md=16&id=7`: `name=value`, names in any case, apart from
 * each other and from any other text by comma, semicolon, `&` or space. Of an option given twice the last counts.
 */
export function parsePasswordOptions(password: string): PasswordOptions {
  const found: { -readonly [K in keyof PasswordOptions]: PasswordOptions[K] } = {
    fixedDifficulty: undefined,
    minDifficulty: undefined,
    problem: undefined,
  }
  for (const part of password.split(/[,;&\s]+/)) {
    const at = part.indexOf('=')
    const name = part.slice(0, Math.max(at, 0)).toLowerCase()
    const option = OPTION_NAMES.get(name)
    if (option === undefined) continue
    const difficulty = readDifficulty(part.slice(at + 1))
    if (difficulty === undefined) found.problem = `Password option ${name}= takes a number from 1e-9 to 2^53`
    else found[option] = difficulty
  }
  return found
}

function readDifficulty(text: string): number | undefined {
  const difficulty = NUMBER.test(text) ? Number(text) : 0
  return difficulty >= MIN_DIFFICULTY && difficulty <= MAX_DIFFICULTY ? difficulty : undefined
}
