import type { JsonFields } from './json-fields.js'
import type { PayoutRow } from './payout-tree.js'
import type { JsonObject } from './signed-document.js'

/** A line of a split with the prefix sums that its amount follows from. */
export interface AuditRow extends PayoutRow {
  readonly prefixBefore: bigint
  readonly prefixAfter: bigint
}

/** As it stands in an audit, and in a payout proof among other fields. */
export function auditRowFields(row: AuditRow): JsonObject {
  return {
    payee: row.payee,
    score: String(row.score),
    prefixBefore: String(row.prefixBefore),
    prefixAfter: String(row.prefixAfter),
    amountSats: String(row.amountSats),
    bonusSats: String(row.bonusSats),
    directSats: String(row.directSats),
  }
}

/** Throws DocumentError. */
export function readAuditRow(fields: JsonFields): AuditRow {
  return {
    payee: fields.text('payee'),
    score: fields.big('score'),
    prefixBefore: fields.big('prefixBefore'),
    prefixAfter: fields.big('prefixAfter'),
    amountSats: fields.big('amountSats'),
    bonusSats: fields.big('bonusSats'),
    directSats: fields.big('directSats'),
  }
}
