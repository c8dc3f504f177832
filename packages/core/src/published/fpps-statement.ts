import type { Network } from '../chain/network.js'
import { NETWORK_NUMBERS } from '../journal/layout.js'
import type { SigningKey } from '../signature.js'
import { JsonFields } from './json-fields.js'
import { signDocument, type JsonObject } from './signed-document.js'

/** What a miner is credited for his FPPS shares of a stretch, by the cumulative floor of `creditScore`. */
export interface FppsLine {
  /** His name in the public log. */
  readonly payee: string
  readonly score: bigint
  /** Sum of score times rate over all his stretches before this one, and with it; in satoshis times 2^-96. */
  readonly numeratorBefore: bigint
  readonly numeratorAfter: bigint
  readonly amountSats: bigint
}

/** A stretch of the log whose FPPS shares were credited together, at one rate. */
export interface FppsStatement {
  readonly network: Network
  /** End of the stretch before; 0 for the first. */
  readonly afterPosition: number
  /** FPPS shares of the segments behind `afterPosition`, up to this one. */
  readonly endPosition: number
  /** Display order, hex: the block that the rate goes by. */
  readonly tipHash: string
  /** Of the block on top of it. */
  readonly subsidySats: bigint
  /** Of the last `feeBlocks` blocks together, the newest of them `tipHash`. */
  readonly feesSats: bigint
  readonly feeBlocks: number
  readonly feeBasisPoints: number
  /** For a score of 2^96. */
  readonly rateSats: bigint
  /** To all of them. */
  readonly creditedSats: bigint
  readonly creditedAtMs: number
  readonly lines: readonly FppsLine[]
}

const TYPE = 'headframe-fpps'
const VERSION = 1
/** Miners of one stretch that a reader takes. */
export const MAX_FPPS_LINES = 1_000_000

export function signFppsStatement(statement: FppsStatement, key: SigningKey): JsonObject {
  const { subsidySats, feesSats, rateSats, creditedSats, lines } = statement
  return signDocument(
    {
      ...statement,
      type: TYPE,
      version: VERSION,
      subsidySats: String(subsidySats),
      feesSats: String(feesSats),
      rateSats: String(rateSats),
      creditedSats: String(creditedSats),
      lines: lines.map((line) => ({
        payee: line.payee,
        score: String(line.score),
        numeratorBefore: String(line.numeratorBefore),
        numeratorAfter: String(line.numeratorAfter),
        amountSats: String(line.amountSats),
      })),
    },
    key,
  )
}

/** Reads the document; its signature is for the caller to check. Throws DocumentError. */
export function readFppsStatement(document: unknown, what: string): FppsStatement {
  const fields = new JsonFields(document, what)
  fields.expectType(TYPE, VERSION)
  return {
    network: fields.name('network', NETWORK_NUMBERS),
    afterPosition: fields.count('afterPosition'),
    endPosition: fields.count('endPosition'),
    tipHash: fields.hex('tipHash', 32),
    subsidySats: fields.big('subsidySats'),
    feesSats: fields.big('feesSats'),
    feeBlocks: fields.count('feeBlocks'),
    feeBasisPoints: fields.count('feeBasisPoints'),
    rateSats: fields.big('rateSats'),
    creditedSats: fields.big('creditedSats'),
    creditedAtMs: fields.count('creditedAtMs'),
    lines: fields.list('lines', MAX_FPPS_LINES, readLine),
  }
}

function readLine(value: unknown, what: string): FppsLine {
  const fields = new JsonFields(value, what)
  return {
    payee: fields.text('payee'),
    score: fields.big('score'),
    numeratorBefore: fields.big('numeratorBefore'),
    numeratorAfter: fields.big('numeratorAfter'),
    amountSats: fields.big('amountSats'),
  }
}
