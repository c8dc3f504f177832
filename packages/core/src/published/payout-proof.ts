import { amountOf } from '../accounting/split-reward.js'
import { bytesToHex, equalBytes, hexToBytes } from '../bytes.js'
import type { InclusionProof } from '../journal/merkle-proof.js'
import { NODE_BYTES, nodeHash, nodeSum } from '../journal/merkle-sum.js'
import { auditRowFields, readAuditRow, type AuditRow } from './audit-row.js'
import { readBlockStatement, type BlockStatement } from './block-statement.js'
import { JsonFields, readHex } from './json-fields.js'
import { climbPayout, payoutLeaf, provePayout } from './payout-tree.js'
import type { JsonObject } from './signed-document.js'

/** That a block pays so much to somebody: his line, its path, and the signed statement with the root. */
export interface PayoutProof {
  readonly statement: BlockStatement
  readonly signedStatement: JsonObject
  readonly row: AuditRow
  readonly inclusion: InclusionProof
}

const TYPE = 'headframe-payout-proof'
const VERSION = 1
/** Siblings of a line: a tree of 2^31 leaves has no more. */
const MAX_PATH = 31

/** Undefined when none of the rows is his. */
export function payoutProofDocument(
  signedStatement: JsonObject,
  rows: readonly AuditRow[],
  payee: string,
): JsonObject | undefined {
  const index = rows.findIndex((row) => row.payee === payee)
  const row = rows[index]
  if (row === undefined) return undefined
  const { count, path } = provePayout(rows, index)
  return {
    type: TYPE,
    version: VERSION,
    statement: signedStatement,
    ...auditRowFields(row),
    index,
    count,
    path: path.map(bytesToHex),
  }
}

/** Throws DocumentError. */
export function readPayoutProof(document: unknown, what: string): PayoutProof {
  const fields = new JsonFields(document, what)
  fields.expectType(TYPE, VERSION)
  const path = fields.list('path', MAX_PATH, (item, place) => readHex(item, place, NODE_BYTES))
  return {
    statement: readBlockStatement(fields.raw('statement'), `${what}, statement`),
    signedStatement: fields.raw('statement') as JsonObject,
    row: readAuditRow(fields),
    inclusion: { index: fields.count('index'), count: fields.count('count'), path: path.map(hexToBytes) },
  }
}

/** Why a proof shows nothing; undefined when it holds. The statement's signature is for the caller to check. */
export function problemOfPayoutProof({ statement, row, inclusion }: PayoutProof): string | undefined {
  const climbed = climbPayout(payoutLeaf(row), inclusion)
  if (climbed === undefined) return 'the path is not one of a tree with so many lines'
  if (!equalBytes(nodeHash(climbed.root), hexToBytes(statement.payoutRoot))) {
    return "the path does not lead to the block's payout root"
  }
  if (inclusion.count !== statement.payeeCount) return 'the block has another number of lines'
  if (nodeSum(climbed.root) !== statement.windowTotal) return "the tree's sum is not that of the window"
  if (climbed.sumBefore !== row.prefixBefore) return 'what stands before the line has another sum'
  return problemOfRow(statement, row)
}

/**
 * Why a line is not what its prefix sums come to: floor(r * prefixAfter / total) - floor(r * prefixBefore / total), r the
 * reward without the finder's bonus, and for him the bonus. Undefined when it is.
 */
export function problemOfRow(statement: BlockStatement, row: AuditRow): string | undefined {
  const { rewardSats, bonusSats, windowTotal, finder } = statement
  const { payee, score, prefixBefore, prefixAfter, amountSats, directSats } = row
  if (prefixBefore + score !== prefixAfter) return 'the prefix sums are not a score apart'
  if (windowTotal === 0n || prefixAfter > windowTotal) return 'the prefix sums are beyond the window'
  if (row.bonusSats !== (payee === finder ? bonusSats : 0n)) return 'the bonus is not that of the finder'
  const dueSats = amountOf(rewardSats - bonusSats, windowTotal, prefixBefore, prefixAfter) + row.bonusSats
  if (amountSats !== dueSats) return `the amount is ${amountSats} and should be ${dueSats}`
  return directSats > amountSats ? 'more was paid directly than was due' : undefined
}
