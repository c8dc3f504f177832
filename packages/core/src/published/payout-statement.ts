import type { Network } from '../chain/network.js'
import { NETWORK_NUMBERS } from '../journal/layout.js'
import type { SigningKey } from '../signature.js'
import { JsonFields } from './json-fields.js'
import { signDocument, type JsonObject } from './signed-document.js'

/** What a payout has paid one miner. */
export interface PayoutItem {
  /** His name in the public log. */
  readonly payee: string
  /** Taken from what he was owed. */
  readonly amountSats: bigint
  /** What his output has: the same, less his part of the network's fee if he bears it. */
  readonly sentSats: bigint
  /** Where, when it is not at the address that is his name: what he signed with that. */
  readonly paidTo?: PaidTo | undefined
}

/** A miner's word that he wants to be paid elsewhere. */
export interface PaidTo {
  readonly address: string
  /** `payToText` of `message/account-text`. */
  readonly message: string
  /** By the address that is his name. */
  readonly signature: string
}

/** A payout that lies deep in the chain: the transaction, and whose debts it has paid. */
export interface PayoutStatement {
  readonly network: Network
  /** The pool's number for it. */
  readonly batch: number
  /** Display order, hex. */
  readonly txid: string
  /** The transaction as it was sent, hex. */
  readonly raw: string
  /** The block that has it. */
  readonly blockHash: string
  readonly height: number
  readonly items: readonly PayoutItem[]
}

const TYPE = 'headframe-payout'
const VERSION = 1
/** A transaction has room for fewer outputs. */
const MAX_ITEMS = 16_384

export function signPayoutStatement(statement: PayoutStatement, key: SigningKey): JsonObject {
  const items = statement.items.map(({ payee, amountSats, sentSats, paidTo }) => ({
    payee,
    amountSats: String(amountSats),
    sentSats: String(sentSats),
    ...(paidTo === undefined ? {} : { paidTo: { ...paidTo } }),
  }))
  return signDocument({ ...statement, type: TYPE, version: VERSION, items }, key)
}

/** Reads the document; its signature is for the caller to check. Throws DocumentError. */
export function readPayoutStatement(document: unknown, what: string): PayoutStatement {
  const fields = new JsonFields(document, what)
  fields.expectType(TYPE, VERSION)
  return {
    network: fields.name('network', NETWORK_NUMBERS),
    batch: fields.count('batch'),
    txid: fields.hex('txid', 32),
    raw: fields.hex('raw'),
    blockHash: fields.hex('blockHash', 32),
    height: fields.count('height'),
    items: fields.list('items', MAX_ITEMS, readItem),
  }
}

function readItem(value: unknown, what: string): PayoutItem {
  const fields = new JsonFields(value, what)
  return {
    payee: fields.text('payee'),
    amountSats: fields.big('amountSats'),
    sentSats: fields.big('sentSats'),
    ...(fields.raw('paidTo') === undefined ? {} : { paidTo: readPaidTo(fields.object('paidTo')) }),
  }
}

function readPaidTo(fields: JsonFields): PaidTo {
  return {
    address: fields.text('address'),
    message: fields.text('message'),
    signature: fields.text('signature'),
  }
}
