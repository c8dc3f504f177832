import { bytesToHex, reversedBytes } from '@headframe/core/bytes'
import { parseAddress } from '@headframe/core/chain/address'
import { serialiseTransaction, txid, type Transaction } from '@headframe/core/chain/transaction'
import type { PaidTo, PayoutStatement } from '@headframe/core/published/payout-statement'
import { describe, expect, it } from 'vitest'
import { FaultList } from '../src/fault.js'
import { PayoutChecker } from '../src/payout-checker.js'

/** Signed by a wallet of Bitcoin Knots 29.4 on regtest. */
const PAYEE = 'bcrt1qcqvzt0h4epxc32jgmrrg6vsfnk643kpqczfhu4'
const PAID_TO: PaidTo = {
  address: 'bcrt1pgsqjkm8x3wpnaxqavhr6emarcp0phklam7zwy0eandxsrq6tw5eqrpmcpw',
  message:
    'To the mining pool at pool.example: the regtest address bcrt1qcqvzt0h4epxc32jgmrrg6vsfnk643kpqczfhu4 is mine, and ' +
    'what it is owed shall be paid to bcrt1pgsqjkm8x3wpnaxqavhr6emarcp0phklam7zwy0eandxsrq6tw5eqrpmcpw. Number ' +
    '0123456789abcdef0123456789abcdef, asked 2026-11-26 15:04 UTC, good until 2026-11-26 15:19 UTC. Signing this moves ' +
    'no coins.',
  signature:
    'AkcwRAIgf7vspOukqdadx4zfi8U5cERGNXysR3F2Qc4PESkLYzoCIAGOJq89jyT+7BCPAoU6q2R+Oe1N5ukjU/4OtcUCyJNbASEC0CZxdSTIaOFqd2k2KJ6MQZIuPvbCPdCMReSTeJ6BoEk=',
}
const OTHER = 'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080'

function statementOf(paidTo: PaidTo | undefined, place = paidTo?.address ?? PAYEE): PayoutStatement {
  const parsed = parseAddress(place, 'regtest')
  if (!parsed.ok) throw new Error(parsed.message)
  const input = {
    prevTxid: new Uint8Array(32),
    prevIndex: 0,
    script: new Uint8Array(),
    sequence: 0,
    witness: [],
  }
  const transaction: Transaction = {
    version: 2,
    inputs: [input],
    outputs: [{ valueSats: 5_000n, script: parsed.script }],
    locktime: 0,
  }
  return {
    network: 'regtest',
    batch: 1,
    txid: bytesToHex(reversedBytes(txid(transaction))),
    raw: bytesToHex(serialiseTransaction(transaction)),
    blockHash: '00'.repeat(32),
    height: 1,
    items: [{ payee: PAYEE, amountSats: 5_000n, sentSats: 5_000n, paidTo }],
  }
}

function faultsOf(statement: PayoutStatement): string[] {
  const faults = new FaultList()
  new PayoutChecker(faults).check(statement)
  return faults.kept.map(({ what }) => what)
}

it('faults a line that no output can be held against', () => {
  const statement = statementOf(undefined)
  const items = statement.items.map((item) => ({ ...item, payee: 'miner-00112233' }))
  expect(faultsOf({ ...statement, items })).toEqual(['it pays miner-00112233 0, and it says 5000'])
})

describe('a payout to another address than the miner’s', () => {
  it('is one that he has signed for', () => {
    expect(faultsOf(statementOf(undefined))).toEqual([])
    expect(faultsOf(statementOf(PAID_TO))).toEqual([])
  })

  it.each<[string, PayoutStatement]>([
    ['an address that he did not name', statementOf({ ...PAID_TO, address: OTHER })],
    [
      'a text of another address',
      statementOf({ ...PAID_TO, message: PAID_TO.message.replaceAll(PAYEE, OTHER) }),
    ],
    [
      'a text that names another place',
      statementOf({ ...PAID_TO, message: PAID_TO.message.replace(PAID_TO.address, OTHER) }),
    ],
    ['a text that says something else', statementOf({ ...PAID_TO, message: 'Pay him.' })],
    [
      'a text of another network',
      statementOf({ ...PAID_TO, message: PAID_TO.message.replace('regtest', 'signet') }),
    ],
    ['no signature', statementOf({ ...PAID_TO, signature: '' })],
    [
      'a signature of another text',
      statementOf({ ...PAID_TO, message: PAID_TO.message.replace('0123', '0124') }),
    ],
  ])('is a fault with %s', (_what, statement) => {
    expect(faultsOf(statement)).toEqual([expect.stringMatching(/did not sign that$/)])
  })

  it('is a fault where it is paid elsewhere', () => {
    expect(faultsOf(statementOf(PAID_TO, OTHER))).toEqual([`it pays ${PAID_TO.address} 0, and it says 5000`])
    expect(faultsOf(statementOf(undefined, PAID_TO.address))).toEqual([
      `it pays ${PAYEE} 0, and it says 5000`,
    ])
  })
})
