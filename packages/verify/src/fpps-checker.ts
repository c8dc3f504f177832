import { creditScore, fppsRate } from '@headframe/core/accounting/fpps'
import { subsidySats } from '@headframe/core/chain/subsidy'
import type { FppsLine, FppsStatement } from '@headframe/core/published/fpps-statement'
import type { AddProblem } from './check-block.js'
import type { FaultCode, FaultList } from './fault.js'
import type { StretchEvidence } from './fpps-stretches.js'

/** Height of the block on top of the one with this hash, by the jobs of the log; undefined when none stands on it. */
export type HeightOn = (tipHash: string) => number | undefined

interface StatedTip {
  readonly statement: Pick<FppsStatement, 'endPosition' | 'tipHash' | 'subsidySats' | 'network'>
  readonly lastHeight: number | undefined
}

/** Checks FPPS credits one after the other: the rate, each miner's score and amount, and that no share is passed over. */
export class FppsChecker {
  readonly #faults: FaultList
  readonly #tips: StatedTip[] = []
  readonly #unchecked = new Set<number>()
  /** Up to which each miner is credited, by name. */
  readonly #numerators = new Map<string, bigint>()
  /** Whether every credit before was read, so that who is not among them has none. */
  #knowsAll: boolean
  #lastEnd: number | undefined
  #creditedSats = 0n
  #count = 0

  /** `readsFromStart`: whether the first credit that is read is the first of the log. */
  constructor(readsFromStart: boolean, faults: FaultList) {
    this.#faults = faults
    this.#knowsAll = readsFromStart
    this.#lastEnd = readsFromStart ? 0 : undefined
  }

  get count(): number {
    return this.#count
  }

  /** Those of which nothing is wrong, but not all could be checked. */
  get unchecked(): number {
    return this.#unchecked.size
  }

  /** To miners, by all of them. */
  get creditedSats(): bigint {
    return this.#creditedSats
  }

  check(statement: FppsStatement, evidence: StretchEvidence): void {
    const { afterPosition, endPosition, lines, creditedSats } = statement
    const add = this.#adderOf(endPosition)
    if (afterPosition !== (this.#lastEnd ?? afterPosition)) {
      add(
        'fpps',
        `it goes on behind segment ${afterPosition}, and the credits before it end with ${this.#lastEnd}`,
      )
    }
    checkRate(statement, add)
    this.#checkLines(statement, add)
    if (evidence.firstRead === undefined || evidence.firstRead > afterPosition + 1) {
      this.#unchecked.add(endPosition)
    } else checkScores(lines, evidence.scores, add)
    this.#tips.push({ statement, lastHeight: evidence.lastHeight })
    this.#lastEnd = endPosition
    this.#creditedSats += creditedSats
    this.#count++
  }

  /** Credits that could not be read; what follows is checked without them. */
  skip(endPosition: number): void {
    this.#lastEnd = endPosition
    this.#knowsAll = false
    this.#numerators.clear()
  }

  /** When all jobs of the log are known: whether each subsidy is that of the block it is said to be. */
  finish(heightOn: HeightOn): void {
    for (const { statement, lastHeight } of this.#tips) {
      const { endPosition, tipHash, subsidySats: stated, network } = statement
      const height = heightOn(tipHash)
      if (height === undefined) {
        // Nobody here has mined on it. That it is the same as of the shares says enough but at a halving.
        if (lastHeight === undefined || stated !== subsidySats(lastHeight, network))
          this.#unchecked.add(endPosition)
        continue
      }
      const found = subsidySats(height, network)
      if (stated !== found)
        this.#adderOf(endPosition)('amount', `subsidySats is ${stated}, and on ${tipHash} it is ${found}`)
    }
  }

  /** Each line goes on where the last one of the same miner ended. */
  #checkLines({ lines, rateSats, creditedSats }: FppsStatement, add: AddProblem): void {
    let sumSats = 0n
    const seen = new Set<string>()
    for (const { payee, score, amountSats, ...stated } of lines) {
      if (seen.has(payee)) add('amount', `${payee} has two lines`)
      seen.add(payee)
      const before = this.#numerators.get(payee) ?? (this.#knowsAll ? 0n : stated.numeratorBefore)
      const { numeratorAfter, ...due } = creditScore(before, score, rateSats)
      if (stated.numeratorBefore !== before || stated.numeratorAfter !== numeratorAfter) {
        add(
          'amount',
          `${payee}: his numerators do not go on from his credit before by his score and the rate`,
        )
      }
      if (amountSats !== due.amountSats)
        add('amount', `${payee}: the amount is ${amountSats} and should be ${due.amountSats}`)
      this.#numerators.set(payee, stated.numeratorAfter)
      sumSats += amountSats
    }
    if (creditedSats !== sumSats) add('amount', `creditedSats is ${creditedSats}, and it comes to ${sumSats}`)
  }

  #adderOf(endPosition: number): AddProblem {
    return (code: FaultCode, what: string) =>
      this.#faults.add(code, `FPPS up to segment ${endPosition}`, what)
  }
}

function checkRate(statement: FppsStatement, add: AddProblem): void {
  const { subsidySats: subsidy, feesSats, feeBlocks, feeBasisPoints, rateSats } = statement
  if (feeBlocks < 1 || feeBasisPoints > 10_000) {
    add('amount', `a fee of ${feeBasisPoints} basis points, and an average over ${feeBlocks} blocks`)
    return
  }
  const rate = fppsRate({ subsidySats: subsidy, feesSats, blockCount: feeBlocks }, feeBasisPoints)
  if (rateSats !== rate) add('amount', `rateSats is ${rateSats}, and it comes to ${rate}`)
}

function checkScores(lines: readonly FppsLine[], scores: ReadonlyMap<string, bigint>, add: AddProblem): void {
  const left = new Map(scores)
  for (const { payee, score } of lines) {
    const found = left.get(payee) ?? 0n
    if (found !== score) add('score', `${payee} has the score ${score}, and his shares come to ${found}`)
    left.delete(payee)
  }
  for (const [name, score] of left) add('score', `${name} has no line, and his shares come to ${score}`)
}
