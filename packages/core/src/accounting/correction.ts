import type { Posting } from './postings.js'

/** What a person posts because something in the ledger is not as it should be. */
export interface Correction {
  /** Who answers for it. */
  readonly author: string
  /** Why, for the miners whose accounts it moves. */
  readonly reason: string
  readonly postings: readonly Posting[]
}

const MAX_AUTHOR_LENGTH = 100
const MAX_REASON_LENGTH = 500
const MAX_POSTINGS = 1_000
/** What would break a line of a list, or hide in it. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u
/** What follows from blocks and payouts alone: they count on finding there what they have put there. */
const FOLLOWS = /^asset:coinbase_immature$|^liability:miner:.*:(?:immature|locked)$/

/** What is wrong with a correction, for the person who wrote it; undefined when nothing is. */
export function correctionProblem({ author, reason, postings }: Correction): string | undefined {
  return (
    textProblem('author', author, MAX_AUTHOR_LENGTH) ??
    textProblem('reason', reason, MAX_REASON_LENGTH) ??
    postingsProblem(postings)
  )
}

function textProblem(what: string, text: string, maxLength: number): string | undefined {
  if (text.trim() === '') return `The ${what} is missing: a correction needs an author and a reason.`
  if (text.length > maxLength) return `The ${what} is longer than ${maxLength} characters.`
  if (UNPRINTABLE.test(text)) return `The ${what} has characters that cannot be printed on one line.`
  return undefined
}

function postingsProblem(postings: readonly Posting[]): string | undefined {
  if (postings.length < 2) return 'A correction moves satoshis between two accounts or more.'
  if (postings.length > MAX_POSTINGS) return `A correction moves at most ${MAX_POSTINGS} accounts.`
  const seen = new Set<string>()
  let sum = 0n
  for (const { account, amountSats } of postings) {
    if (seen.has(account)) return `${account} is named twice.`
    if (amountSats === 0n) return `0 satoshis on ${account} move nothing.`
    if (FOLLOWS.test(account)) return `${account} follows its blocks and payouts; correct what is available.`
    seen.add(account)
    sum += amountSats
  }
  return sum === 0n ? undefined : `The amounts sum to ${sum} satoshis, and must sum to 0.`
}
