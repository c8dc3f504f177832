import { bytesToHex, concatBytes } from '@headframe/core/bytes'
import { sha256 } from '@headframe/core/hash'
import { parseDisplayHash } from '@headframe/core/chain/header'
import { serialiseTransaction, type Transaction } from '@headframe/core/chain/transaction'
import type { Rpc } from '@headframe/local/bitcoin-rpc'

/** What a node needs to make a template of 4,000,000 weight units; Knots stops at less by default. */
export const FULL_BLOCKS = ['-blockmaxweight=4000000', '-blockmaxsize=4000000', '-maxmempool=300']

/** Spent by its own text: nobody has to sign. */
const ANYBODY_SCRIPT = Uint8Array.of(0x51)
const ANYBODY_OUTPUT = concatBytes(Uint8Array.of(0, 32), sha256(ANYBODY_SCRIPT))
/** A witness program of 20 bytes: nobody spends what is paid to it. */
const NOBODY_OUTPUT = Uint8Array.of(0, 20, ...new Uint8Array(20))

/** Transactions that pay many; one of more than 400,000 weight units is not relayed. */
const FANS = 3
const COINS_A_FAN = 1_050
const COIN_SATS = 12_000n
/** Makes a transaction weigh 1,327 units, so that 3,150 are more than a block holds. */
const OUTPUTS_A_COIN = 9
/** Above the dust limit of a witness output. */
const OUTPUT_SATS = 600n
const CALLS_AT_ONCE = 16

/** Puts more transactions into the node's mempool than a block can hold, all independent of each other. */
export async function fillMempool(rpc: Rpc): Promise<void> {
  const fans = []
  for (let fan = 0; fan < FANS; fan++) {
    fans.push(await payFan(rpc))
    await rpc('generatetoaddress', [1, await rpc<string>('getnewaddress')])
  }
  const spends = fans.flatMap((txid) =>
    Array.from({ length: COINS_A_FAN }, (_, index) => bytesToHex(serialiseTransaction(spendOf(txid, index)))),
  )
  for (let start = 0; start < spends.length; start += CALLS_AT_ONCE) {
    const calls = spends.slice(start, start + CALLS_AT_ONCE)
    await Promise.all(calls.map((hex) => rpc('sendrawtransaction', [hex])))
  }
}

/** The id of a transaction whose first `COINS_A_FAN` outputs anybody may spend; the wallet pays for it. */
async function payFan(rpc: Rpc): Promise<string> {
  const outputs = Array.from({ length: COINS_A_FAN }, () => ({
    valueSats: COIN_SATS,
    script: ANYBODY_OUTPUT,
  }))
  const unfunded = serialiseTransaction({ version: 2, inputs: [], outputs, locktime: 0 })
  const { hex } = await rpc<{ hex: string }>('fundrawtransaction', [
    bytesToHex(unfunded),
    { changePosition: COINS_A_FAN },
  ])
  const signed = await rpc<{ hex: string }>('signrawtransactionwithwallet', [hex])
  return rpc<string>('sendrawtransaction', [signed.hex])
}

function spendOf(txid: string, index: number): Transaction {
  return {
    version: 2,
    inputs: [
      {
        prevTxid: parseDisplayHash(txid),
        prevIndex: index,
        script: new Uint8Array(0),
        sequence: 0xffffffff,
        witness: [ANYBODY_SCRIPT],
      },
    ],
    outputs: Array.from({ length: OUTPUTS_A_COIN }, () => ({
      valueSats: OUTPUT_SATS,
      script: NOBODY_OUTPUT,
    })),
    locktime: 0,
  }
}
