import type { AlertLevel, MinerRule, OperatorRule } from './rules.js'

/** Numbers and words of an event that its message is made of; amounts are satoshis in decimal. */
export type AlertFacts = Readonly<Record<string, string | number>>

/** `test` and `verify` go to one channel alone. */
export type AlertRuleName = MinerRule | OperatorRule | 'test' | 'verify'

/** Something that an owner is told, once. */
export interface AlertEvent {
  readonly rule: AlertRuleName
  /** Of one occurrence, unique within an owner: whoever sees the same again makes the same key. */
  readonly key: string
  readonly level: AlertLevel
  readonly atMs: number
  /** `began`, `ended`, or what else the rule tells apart. */
  readonly what: string
  readonly facts: AlertFacts
}

/** What is remembered of a condition between two looks. */
export interface RaisedAlert {
  /** What it is true of: a worker, a node; empty for the whole. */
  readonly subject: string
  /** Since when it has been true. */
  readonly sinceMs: number
  /** Whether it was told. */
  readonly isTold: boolean
  readonly facts: AlertFacts
}
