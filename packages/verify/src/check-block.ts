import { bytesToHex, equalBytes, hexToBytes } from '@headframe/core/bytes'
import { parseAddress } from '@headframe/core/chain/address'
import { parseHeader } from '@headframe/core/chain/header'
import { rootFromPath } from '@headframe/core/chain/merkle'
import { subsidySats } from '@headframe/core/chain/subsidy'
import { parseTransaction, txid, type Transaction } from '@headframe/core/chain/transaction'
import { nodeHash } from '@headframe/core/journal/merkle-sum'
import type { AuditRow } from '@headframe/core/published/audit-row'
import type { BlockAudit } from '@headframe/core/published/block-audit'
import type { BlockStatement } from '@headframe/core/published/block-statement'
import { problemOfRow } from '@headframe/core/published/payout-proof'
import { payoutRoot } from '@headframe/core/published/payout-tree'
import { problemOfHeader } from './check-header.js'
import type { FaultCode } from './fault.js'
import { Outputs } from './outputs.js'

export type AddProblem = (code: FaultCode, what: string) => void

const BASIS_POINTS = 10_000n
const NO_BLOCK = new Uint8Array(32)
const COINBASE_INDEX = 0xffffffff

/**
 * Everything of a block that needs no shares: its work, its coinbase, and the arithmetic of its split. Throws RangeError
 * for a coinbase that is no transaction.
 */
export function checkBlock(audit: BlockAudit, add: AddProblem): void {
  checkPaid(audit, checkCoinbase(audit, add), add)
  checkTerms(audit.statement, add)
  checkRows(audit, add)
}

/** The header's proof of work, and that the coinbase stands in it. */
function checkCoinbase({ statement, coinbase, merklePath }: BlockAudit, add: AddProblem): Transaction {
  const problem = problemOfHeader(statement.header, statement.hash)
  if (problem !== undefined) add('block', problem)
  const { merkleRoot } = parseHeader(hexToBytes(statement.header))
  const transaction = parseTransaction(hexToBytes(coinbase))
  const root = rootFromPath(txid(transaction), merklePath.map(hexToBytes))
  if (!equalBytes(root, merkleRoot))
    add('block', 'its coinbase does not lead to the Merkle root of its header')
  const [input] = transaction.inputs
  if (input === undefined || !equalBytes(input.prevTxid, NO_BLOCK) || input.prevIndex !== COINBASE_INDEX) {
    add('block', 'its coinbase is none')
  }
  return transaction
}

/** Where the coinbase's value went, and that the statement says the same. */
function checkPaid({ statement, rows }: BlockAudit, { outputs }: Transaction, add: AddProblem): void {
  const { network, poolScripts, coinbaseValueSats, donationSats, ownOutputs } = statement
  // Behind its own outputs a coinbase pays the window's miners, and so it may pay the pool as one of them.
  const own = new Outputs(outputs.slice(0, ownOutputs ?? outputs.length))
  const others = ownOutputs === undefined ? own : new Outputs(outputs.slice(ownOutputs))
  const poolSats = own.take(poolScripts)
  let directSats = 0n
  for (const row of rows.filter((one) => one.directSats > 0n)) {
    const payee = parseAddress(row.payee, network)
    const paidSats = payee.ok ? others.take([bytesToHex(payee.script)]) : 0n
    if (paidSats !== row.directSats) {
      add('amount', `its coinbase pays ${row.payee} ${paidSats}, and the split says ${row.directSats}`)
    }
    directSats += paidSats
  }
  expect(add, 'coinbaseValueSats', coinbaseValueSats, poolSats + directSats)
  expect(add, 'donationSats', donationSats, own.takeRest())
  if (others !== own) expect(add, 'what no line accounts for', 0n, others.takeRest())
  const isKept = statement.scheme === 'fpps' || (statement.scheme === 'solo' && directSats > 0n)
  const feeSats = isKept ? poolSats : partOf(coinbaseValueSats, statement.feeBasisPoints)
  expect(add, 'poolFeeSats', statement.poolFeeSats, feeSats)
}

function checkTerms(statement: BlockStatement, add: AddProblem): void {
  const { height, network, coinbaseValueSats, donationSats, poolFeeSats, rewardSats } = statement
  const subsidy = subsidySats(height, network)
  expect(add, 'subsidySats', statement.subsidySats, subsidy)
  expect(add, 'feesSats', statement.feesSats, coinbaseValueSats + donationSats - subsidy)
  expect(add, 'rewardSats', rewardSats, coinbaseValueSats - poolFeeSats)
  expect(add, 'bonusSats', statement.bonusSats, partOf(rewardSats, statement.finderBonusBasisPoints))
}

/** Each line by its prefix sums, and all of them together. */
function checkRows({ statement, rows }: BlockAudit, add: AddProblem): void {
  let [prefix, paidSats] = [0n, 0n]
  let before: AuditRow | undefined
  for (const row of rows) {
    if (row.prefixBefore !== prefix)
      add('amount', `${row.payee}: his prefix sum does not go on from the line before`)
    if (before !== undefined && !(before.payee < row.payee)) {
      add('amount', `${row.payee} does not stand in the order of addresses`)
    }
    const problem = problemOfRow(statement, row)
    if (problem !== undefined) add('amount', `${row.payee}: ${problem}`)
    prefix = row.prefixAfter
    paidSats += row.amountSats
    before = row
  }
  expect(add, 'windowTotal', statement.windowTotal, prefix)
  expect(add, 'rewardSats', statement.rewardSats, paidSats)
  expect(add, 'payeeCount', BigInt(statement.payeeCount), BigInt(rows.length))
  if (bytesToHex(nodeHash(payoutRoot(rows))) !== statement.payoutRoot) {
    add('payout-root', 'the lines of the split are not those whose root was signed')
  }
}

function partOf(sats: bigint, basisPoints: number): bigint {
  return (sats * BigInt(basisPoints)) / BASIS_POINTS
}

function expect(add: AddProblem, field: string, stated: bigint, found: bigint): void {
  if (stated !== found) add('amount', `${field} is ${stated}, and it comes to ${found}`)
}
