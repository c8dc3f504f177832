import { bytesToHex, hexToBytes } from '../bytes.js'
import { addressOfScript } from '../chain/address.js'
import { parseTransaction } from '../chain/transaction.js'
import { auditRowFields, readAuditRow, type AuditRow } from './audit-row.js'
import { readBlockStatement, type BlockStatement } from './block-statement.js'
import { JsonFields, readHex } from './json-fields.js'
import type { JsonObject } from './signed-document.js'

/** A settled block with all that is needed to check it, but for the shares. */
export interface BlockAudit {
  readonly statement: BlockStatement
  /** The same as it was signed. */
  readonly signedStatement: JsonObject
  /** The coinbase transaction as it stands in the block, hex. */
  readonly coinbase: string
  /** Siblings from the coinbase up to the header's root, internal order, hex. */
  readonly merklePath: readonly string[]
  readonly rows: readonly AuditRow[]
}

const TYPE = 'headframe-audit'
const VERSION = 1
/** Siblings of a coinbase: a block has fewer than 2^24 transactions. */
const MAX_PATH = 24
/** Payees of one block that a reader takes. */
export const MAX_AUDIT_ROWS = 1_000_000

/** The document, with what people like to read besides: the coinbase's outputs, and that nothing was rounded away. */
export function blockAuditDocument(
  audit: Omit<BlockAudit, 'statement'>,
  statement: BlockStatement,
): JsonObject {
  const { signedStatement, coinbase, merklePath, rows } = audit
  const paidSats = rows.reduce((sum, { amountSats }) => sum + amountSats, 0n)
  return {
    type: TYPE,
    version: VERSION,
    statement: signedStatement,
    coinbase,
    outputs: parseTransaction(hexToBytes(coinbase)).outputs.map(({ valueSats, script }) => ({
      valueSats: String(valueSats),
      script: bytesToHex(script),
      address: addressOfScript(script, statement.network),
    })),
    merklePath,
    rows: rows.map(auditRowFields),
    paidSats: String(paidSats),
    roundedAwaySats: String(statement.rewardSats - paidSats),
  }
}

/** As it is served: with the epoch that lists the block, null until one is sealed. */
export function listedAudit(document: string, epoch: number | undefined): JsonObject {
  return { ...(JSON.parse(document) as JsonObject), epoch: epoch ?? null }
}

/** Throws DocumentError. */
export function readBlockAudit(document: unknown, what: string): BlockAudit {
  const fields = new JsonFields(document, what)
  fields.expectType(TYPE, VERSION)
  return {
    statement: readBlockStatement(fields.raw('statement'), `${what}, statement`),
    signedStatement: fields.raw('statement') as JsonObject,
    coinbase: fields.hex('coinbase'),
    merklePath: fields.list('merklePath', MAX_PATH, (item, place) => readHex(item, place, 32)),
    rows: fields.list('rows', MAX_AUDIT_ROWS, (row, place) => readAuditRow(new JsonFields(row, place))),
  }
}
