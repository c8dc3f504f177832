import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { outpointsOf } from '@headframe/core/payout/judge-payment'
import { versionToSign } from '@headframe/core/payout/version-to-sign'
import { declareSends } from '@headframe/db/payout/declare-sends'
import { readBatch } from '@headframe/db/payout/list-batches'
import { saveChainTip } from '@headframe/db/pool/save-chain-tip'
import { bitcoinRpc } from '@headframe/local/bitcoin-rpc'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { importSigned } from '../../src/payout/import-signed.js'
import { leadPayouts } from '@headframe/db/payout/lead-payouts'
import { payoutStore } from '../../src/payout/payout-store.js'
import { ownDatabase } from '../own-database.js'
import { ownNode } from '../own-node.js'
import { PayGround } from './pay-ground.js'

const own = ownDatabase()
const node = ownNode()

let pool: PayGround
beforeEach(async () => {
  pool = await PayGround.open(own().db, node().url)
})
afterEach(async () => {
  await own().db.pool.query('DELETE FROM chain_tip')
  pool.options = { ...pool.options, signing: 'wallet' }
  await settle()
})

/** As many runs and blocks as whatever is under way needs to be done. */
async function settle(): Promise<void> {
  for (let round = 0; round < 3; round++) {
    await pool.pay()
    await pool.mine(3)
    await pool.run()
  }
}

test('too little in the wallet: said with what is there, and paid when there is more', async () => {
  const addresses = await pool.owe(2_600_000_000n)
  await pool.pay()
  const { problem } = await pool.expectState('planned', 'insufficient-funds')
  expect(problem!.detail).toMatch(
    /^26\.00000000 BTC and the fee are needed, and the wallet has 25\.00000000 BTC/,
  )
  await pool.node('generatetoaddress', [1, await pool.newAddress()])
  await pool.mine(100)
  await settle()
  await pool.expectPaid(addresses, [2_600_000_000n])
})

test('a locked wallet: said, and paid when it is unlocked', async () => {
  const addresses = await pool.owe(300_000n)
  await pool.funds('encryptwallet', ['secret'])
  await pool.pay()
  const { problem } = await pool.expectState('funded', 'wallet-locked')
  expect(problem!.detail).toContain('walletpassphrase')
  await pool.funds('walletpassphrase', ['secret', 60])
  await settle()
  await pool.expectPaid(addresses, [300_000n])
})

test('a wallet that is not loaded, and one that is not there: said, and gone on with when it is', async () => {
  const addresses = await pool.owe(300_000n)
  await pool.node('unloadwallet', [pool.walletName])
  await pool.pay()
  expect(await pool.expectProblem('wallet-away')).toContain('PAYOUT_WALLET_URL')
  await pool.node('loadwallet', [pool.walletName])
  await settle()
  await pool.expectProblem(undefined)
  await pool.expectPaid(addresses, [300_000n])
})

test('a node that is away, on another chain, or behind: said, and nothing is planned meanwhile', async () => {
  const addresses = await pool.owe(300_000n)
  const wallet = pool.wallet
  pool.wallet = pool.openWallet('http://127.0.0.1:1/wallet/none')
  await pool.pay()
  expect(await pool.expectProblem('node-away')).toContain('ECONNREFUSED')
  pool.wallet = wallet
  const height = await pool.node<number>('getblockcount')
  await saveChainTip(own().db.pool, 'f'.repeat(64), height + 1, pool.nowMs)
  await pool.pay()
  expect(await pool.expectProblem('node-behind')).toContain(`is at ${height} and does not have block ffff`)
  await saveChainTip(own().db.pool, 'e'.repeat(64), height, pool.nowMs)
  await pool.pay()
  expect(await pool.expectProblem('node-on-other-chain')).toContain(`at height ${height}, the pool's best`)
  const [stale] = await pool.mine(1)
  await pool.node('invalidateblock', [stale])
  await saveChainTip(own().db.pool, stale!, height + 1, pool.nowMs)
  await pool.pay()
  await pool.expectProblem('node-on-other-chain')
  const [best] = await pool.mine(1)
  await saveChainTip(own().db.pool, best!, height + 1, pool.nowMs)
  await settle()
  await pool.expectProblem(undefined)
  await pool.expectPaid(addresses, [300_000n])
})

test('coins that were spent elsewhere: said, and after enough blocks the debt is paid by others', async () => {
  const addresses = await pool.owe(300_000n)
  pool.options = { ...pool.options, signing: 'operator' }
  await pool.pay()
  const funded = await pool.expectState('funded', 'awaits-signature')
  const batch = (await readBatch(own().db.pool, funded.id))!
  const [coin] = outpointsOf(batch.versions[0]!.unsigned)
  expect(await pool.funds('listlockunspent')).toEqual([{ txid: coin!.txid, vout: coin!.index }])
  const foreign = await pool.funds<string>('createrawtransaction', [
    [{ txid: coin!.txid, vout: coin!.index }],
    [{ [await pool.stranger()]: '4.999' }],
  ])
  const { hex } = await pool.funds<{ hex: string }>('signrawtransactionwithwallet', [foreign])
  const txid = await pool.node<string>('sendrawtransaction', [hex])
  pool.options = { ...pool.options, signing: 'wallet' }
  await pool.run()
  // It might be a payout that the database has forgotten: nothing more leaves until somebody says what it was.
  expect(await pool.expectProblem('unknown-send')).toContain(txid)
  await declareSends(own().db, [txid], 'own coins', { author: 'ann', atMs: pool.nowMs })
  await pool.run()
  await pool.expectProblem(undefined)
  const conflicting = await pool.expectState('signed', 'conflict')
  expect(conflicting.problem!.detail).toBe(
    `its coin ${coin!.txid}:${coin!.index} is spent by ${txid}, which is no payout's, with 0 of 3 confirmations`,
  )
  await pool.mine(2)
  await pool.run()
  await pool.expectState('signed', 'conflict')
  await pool.mine(1)
  await pool.run()
  await pool.expectState('cancelled')
  await settle()
  expect((await pool.latest()).id).toBe(funded.id + 1n)
  await pool.expectPaid(addresses, [300_000n])
})

test('a wallet that was restored from before the payout: nothing is paid again', async () => {
  const addresses = await pool.owe(300_000n)
  const directory = await mkdtemp(join(tmpdir(), 'headframe-backup-'))
  const backup = join(directory, 'wallet')
  await pool.funds('backupwallet', [backup])
  await pool.pay()
  const { txid } = await pool.expectState('broadcast')
  await pool.node('unloadwallet', [pool.walletName])
  const name = `${pool.walletName}-restored`
  await pool.node('restorewallet', [name, backup])
  pool.wallet = pool.openWallet(new URL(`/wallet/${name}`, node().url).href)
  await pool.run()
  await pool.expectState('broadcast')
  await pool.mine(1)
  await pool.run()
  expect(await pool.expectState('confirmed')).toMatchObject({ txid, versions: 1 })
  await settle()
  await pool.expectState('settled')
  await pool.expectPaid(addresses, [300_000n])
  await pool.node('unloadwallet', [name])
  await pool.node('loadwallet', [pool.walletName])
  await rm(directory, { recursive: true })
})

test('a reorganisation under a settled payout: the books go back, and forth again, and it is paid once', async () => {
  const addresses = await pool.owe(300_000n)
  await pool.pay()
  const [first] = await pool.mine(3)
  await pool.run()
  await pool.run()
  const settled = await pool.expectState('settled')
  await pool.node('invalidateblock', [first])
  await pool.node('generateblock', [await pool.stranger(), []])
  await pool.run()
  expect(await pool.expectState('broadcast')).toMatchObject({ txid: settled.txid, height: undefined })
  await pool.balances()
  await settle()
  expect(await pool.expectState('settled')).toMatchObject({ txid: settled.txid, versions: 1 })
  await pool.expectPaid(addresses, [300_000n])
})

test('keys that are elsewhere: the PSBT goes out unsigned, and comes back signed', async () => {
  const watching = `${pool.walletName}-watching`
  await pool.node('createwallet', [watching, true, true])
  const { descriptors } = await pool.funds<{ descriptors: object[] }>('listdescriptors')
  const url = new URL(`/wallet/${watching}`, node().url).href
  const watch = bitcoinRpc(url)
  const imported = await watch<{ success: boolean }[]>('importdescriptors', [
    descriptors.map((descriptor) => ({ ...descriptor, timestamp: 0 })),
  ])
  expect(imported.every(({ success }) => success)).toBe(true)
  pool.wallet = pool.openWallet(url)
  pool.options = { ...pool.options, signing: 'operator' }
  const addresses = await pool.owe(300_000n)
  await pool.pay()
  const { id } = await pool.expectState('funded', 'awaits-signature')
  const batch = (await readBatch(own().db.pool, id))!
  const bring = (psbt: string) =>
    leadPayouts(own().db, (lead) =>
      importSigned({ store: payoutStore(lead), wallet: pool.wallet, nowMs: () => pool.nowMs }, batch, psbt),
    )
  const { psbt } = versionToSign(batch)
  await expect(bring(psbt)).rejects.toThrow('Signatures are missing')
  await expect(bring('cHNidP8=')).rejects.toThrow('PSBT')
  const other = await pool.funds<{ psbt: string }>('walletcreatefundedpsbt', [
    [],
    [{ [addresses[0]!]: '0.001' }],
  ])
  await expect(bring(other.psbt)).rejects.toThrow('another transaction than version 1')
  const signed = await pool.funds<{ psbt: string }>('walletprocesspsbt', [psbt])
  await bring(signed.psbt)
  await pool.expectState('signed')
  await pool.run()
  await pool.expectState('broadcast')
  await settle()
  await pool.expectPaid(addresses, [300_000n])
  await pool.node('unloadwallet', [watching])
})

test('an operator who sent it himself: found in the chain, and not sent again', async () => {
  pool.options = { ...pool.options, signing: 'operator' }
  const addresses = await pool.owe(300_000n)
  await pool.pay()
  const { id } = await pool.expectState('funded', 'awaits-signature')
  const { psbt } = versionToSign((await readBatch(own().db.pool, id))!)
  const signed = await pool.funds<{ hex: string }>('walletprocesspsbt', [psbt])
  const txid = await pool.node<string>('sendrawtransaction', [signed.hex])
  await pool.run()
  expect(await pool.expectState('broadcast')).toMatchObject({ txid })
  await settle()
  await pool.expectPaid(addresses, [300_000n])
})
