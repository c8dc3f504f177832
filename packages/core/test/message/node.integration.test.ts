import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bitcoinRpc, RpcError, type Rpc } from '@headframe/local/bitcoin-rpc'
import { startBitcoind, type Bitcoind } from '@headframe/local/bitcoind'
import { testServices } from '@headframe/local/testing/services'
import { base64 } from '@scure/base'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bytesToHex, hexToBytes } from '../../src/bytes.js'
import { parseAddress } from '../../src/chain/address.js'
import { parseTransaction, serialiseTransaction } from '../../src/chain/transaction.js'
import { judgeSpend } from '../../src/message/judge-spend.js'
import { verifyMessage } from '../../src/message/verify-message.js'

/** BIP 341: a point that nobody knows the key of. */
const NOBODYS_KEY = '50929b74c1a04954b78b4b6035e97a5e078a5a0f28ec96d547bfee9ace803ac0'

/** Descriptors of addresses, by what stands in them; KEY, KEY2 and KEY3 are private keys of the wallet. */
const DESCRIPTORS: Readonly<Record<string, string>> = {
  p2pkh: 'pkh(KEY)',
  'p2sh-p2wpkh': 'sh(wpkh(KEY))',
  p2wpkh: 'wpkh(KEY)',
  p2tr: 'tr(KEY)',
  'p2tr, one leaf': `tr(${NOBODYS_KEY},pk(KEY))`,
  'p2tr, two leaves': `tr(${NOBODYS_KEY},{pk(KEY),multi_a(2,KEY2,KEY3)})`,
  'p2wsh, a key': 'wsh(pk(KEY))',
  'p2wsh, the hash of a key': 'wsh(pkh(KEY))',
  'p2wsh, 2 of 3': 'wsh(multi(2,KEY,KEY2,KEY3))',
  'p2sh, 2 of 3': 'sh(multi(2,KEY,KEY2,KEY3))',
  'p2sh-p2wsh, 1 of 2': 'sh(wsh(multi(1,KEY,KEY2)))',
}
const MESSAGE = 'A message,\nin two lines: äöü'

const addresses = new Map<string, string>()
let directory: string
let process: Bitcoind
/** Of the wallet that has the coins, and of the one that has the addresses. */
let node: Rpc
let wallet: Rpc

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'headframe-messages-'))
  process = await startBitcoind({ directory, packagesDirectory: testServices().packagesDirectory })
  node = bitcoinRpc(`${process.url}/wallet/headframe`)
  wallet = bitcoinRpc(`${process.url}/wallet/messages`)
  await node('createwallet', ['messages', false, true])
  const listed = await node<{ descriptors: { desc: string }[] }>('listdescriptors', [true])
  const root = /tprv[A-Za-z0-9]+/.exec(listed.descriptors[0]!.desc)![0]
  for (const [at, [name, form]] of Object.entries(DESCRIPTORS).entries()) {
    const desc = form.replaceAll(/KEY(\d?)/g, (_, which: string) => `${root}/${at}/${which || '1'}`)
    const { descriptor, checksum } = await node<{ descriptor: string; checksum: string }>(
      'getdescriptorinfo',
      [desc],
    )
    const [result] = await wallet<{ success: boolean }[]>('importdescriptors', [
      [{ desc: `${desc}#${checksum}`, timestamp: 'now' }],
    ])
    expect(result?.success, name).toBe(true)
    const [address] = await node<string[]>('deriveaddresses', [descriptor])
    addresses.set(name, address!)
  }
})

afterAll(async () => {
  await process.stop()
  await rm(directory, { recursive: true, force: true })
})

describe('a message that the node signs', () => {
  it.each(Object.keys(DESCRIPTORS))('is valid here as it is there: %s', async (name) => {
    const address = addresses.get(name)!
    const signature = await wallet<string>('signmessage', [address, MESSAGE])
    expect(await node('verifymessage', [address, signature, MESSAGE])).toBe(true)
    expect(verifyMessage({ network: 'regtest', address, message: MESSAGE, signature })).toMatchObject({
      ok: true,
    })
    expect(verifyMessage({ network: 'regtest', address, message: `${MESSAGE} `, signature }).ok).toBe(false)
  })

  it.each(Object.keys(DESCRIPTORS))('is not once it was changed, here as there: %s', async (name) => {
    const address = addresses.get(name)!
    const bytes = base64.decode(await wallet<string>('signmessage', [address, MESSAGE]))
    for (let at = 0; at < bytes.length; at += 7) {
      const changed = Uint8Array.from(bytes)
      changed[at]! ^= 1 << (at % 8)
      const signature = base64.encode(changed)
      const theirs = await node<boolean>('verifymessage', [address, signature, MESSAGE]).catch(
        (error: unknown) => {
          if (error instanceof RpcError) return false
          throw error
        },
      )
      const ours = verifyMessage({ network: 'regtest', address, message: MESSAGE, signature })
      expect(ours.ok, `${name}, byte ${at}`).toBe(theirs)
    }
  })
})

/** The rules of a message are those of a payment, which the network itself judges. */
describe('a payment that the node signs', () => {
  it.each(Object.keys(DESCRIPTORS))('is one here as it is for the network: %s', async (name) => {
    const address = addresses.get(name)!
    const parsed = parseAddress(address, 'regtest')
    if (!parsed.ok) throw new Error(parsed.message)
    const fundingId = await node<string>('sendtoaddress', [address, 0.001])
    const funding = await node<{ hex: string }>('gettransaction', [fundingId])
    const outputs = parseTransaction(hexToBytes(funding.hex)).outputs
    const vout = outputs.findIndex(({ script }) => bytesToHex(script) === bytesToHex(parsed.script))
    const target = await node<string>('getnewaddress')
    const raw = await node<string>('createrawtransaction', [
      [{ txid: fundingId, vout }],
      [{ [target]: 0.0009 }],
    ])
    const signed = await wallet<{ hex: string; complete: boolean }>('signrawtransactionwithwallet', [raw])
    expect(signed.complete).toBe(true)

    const payment = parseTransaction(hexToBytes(signed.hex))
    expect(judgeSpend(payment, outputs[vout]!)).toBeUndefined()
    expect(await isAllowed(signed.hex)).toBe(true)

    const output = { ...payment.outputs[0]!, valueSats: 89_999n }
    const changed = { ...payment, outputs: [output] }
    expect(judgeSpend(changed, outputs[vout]!)).toMatchObject({ problem: 'bad-signature' })
    expect(await isAllowed(bytesToHex(serialiseTransaction(changed)))).toBe(false)
  })
})

async function isAllowed(hex: string): Promise<boolean> {
  const [answer] = await node<{ allowed: boolean }[]>('testmempoolaccept', [[hex]])
  return answer!.allowed
}
