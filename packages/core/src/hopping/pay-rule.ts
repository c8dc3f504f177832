import { SCORE_UNIT, scoreOfWork } from '../accounting/score.js'

/**
 * How a simulated pool pays: what a share scores when it comes in, and over how much score a block is cut, back from the
 * share that found it.
 */
export interface PayRule {
  readonly name: string
  scoreOf(work: bigint, networkWork: bigint): bigint
  /** `networkWork` and the work of the round are those at the block. */
  windowAt(networkWork: bigint, roundWork: bigint): bigint
}

/** Blocks' worth of work in the window of both kinds of PPLNS. */
export const WINDOW_UNITS = 4n

/** A block is cut by the work of its round: what a share brings depends on how long the round takes after it. */
export const PROP: PayRule = {
  name: 'PROP',
  scoreOf: (work) => work,
  windowAt: (_networkWork, roundWork) => roundWork,
}

/** A block is cut by the last work, as much as the difficulty at the block says: a retarget makes shares dearer or cheaper. */
export const NAIVE_PPLNS: PayRule = {
  name: 'naive PPLNS',
  scoreOf: (work) => work,
  windowAt: (networkWork) => WINDOW_UNITS * networkWork,
}

/** The pool's own rule: the very functions that its blocks are settled by. */
export const UNIT_PPLNS: PayRule = {
  name: 'unit-PPLNS',
  scoreOf: scoreOfWork,
  windowAt: () => WINDOW_UNITS * SCORE_UNIT,
}
