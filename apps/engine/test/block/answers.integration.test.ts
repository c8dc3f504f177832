import { parseBlock, serialiseBlock } from '@headframe/core/chain/block'
import { displayHash, blockHash } from '@headframe/core/chain/header'
import { heightPush } from '@headframe/core/chain/script'
import { merkleRoot } from '@headframe/core/chain/merkle'
import { txid, type Transaction, type TransactionInput } from '@headframe/core/chain/transaction'
import { witnessCommitmentScript } from '@headframe/core/chain/witness'
import { reasonOf } from '@headframe/core/block/submit-reason'
import { parseBitcoinNodes } from '@headframe/core/node/bitcoin-nodes'
import { describe, expect, onTestFinished, test } from 'vitest'
import { BlockLine } from '../../src/block/block-line.js'
import { temporaryDirectory } from '../journal/journal-fixture.js'
import { until } from '../until.js'
import { ownNode } from '../own-node.js'
import { fetchTemplate, findBlock, jobOf, openBlockStory } from './block-story.js'

const node = ownNode()
const [NTIME, NONCE] = [68, 76]
/** Of reasons and errors that nobody has named. */
const GENERAL_MEANINGS = ['bad-unheard', 'rejected', 'error -1: unheard'].map(
  (result) => reasonOf({ call: 'submitblock', result }).meaning,
)

function openLine(): BlockLine {
  const line = new BlockLine(parseBitcoinNodes(node().url)[0]!)
  onTestFinished(() => line.close())
  return line
}

/** A block without transactions, ready to be changed. */
async function emptyBlock(): Promise<Buffer> {
  const template = {
    ...(await fetchTemplate(node().rpc)),
    transactions: new Uint8Array(0),
    transactionCount: 0,
  }
  // Commits to no witness but the coinbase's own.
  const found = findBlock(jobOf({ ...template, merklePath: [], witnessCommitmentScript: undefined }))
  return Buffer.from(found.head)
}

/** The first nonce with which the header is a proof of work, or with which it is none. */
function grind(block: Buffer, isProof = true): Buffer {
  for (let nonce = 0; ; nonce++) {
    block.writeUInt32LE(nonce, NONCE)
    const hash = displayHash(blockHash(block.subarray(0, 80)))
    // The target of regtest: the top bit is clear.
    if (Number.parseInt(hash[0]!, 16) < 7 === isProof && (isProof || Number.parseInt(hash[0]!, 16) > 8))
      return block
  }
}

/** The block with other transactions, over which its header is a proof of work. */
function withTransactions(block: Buffer, change: (coinbase: Transaction) => readonly Transaction[]): Buffer {
  const { header, transactions } = parseBlock(block)
  const changed = change(transactions[0]!)
  const root = merkleRoot(changed.map(txid))
  return grind(
    Buffer.from(serialiseBlock({ header: { ...header, merkleRoot: root }, transactions: changed })),
  )
}

const withCoinbase = (block: Buffer, change: (coinbase: Transaction) => Partial<Transaction>): Buffer =>
  withTransactions(block, (coinbase) => [{ ...coinbase, ...change(coinbase) }])

const withInput = (block: Buffer, change: (input: TransactionInput) => Partial<TransactionInput>): Buffer =>
  withCoinbase(block, ({ inputs: [input] }) => ({ inputs: [{ ...input!, ...change(input!) }] }))

/** Commits to witnesses that are not there; the coinbase itself has `witness`. */
const withCommitment = (block: Buffer, witness: readonly Uint8Array[]): Buffer =>
  withCoinbase(block, ({ inputs: [input], outputs }) => ({
    inputs: [{ ...input!, witness }],
    outputs: [...outputs, { valueSats: 0n, script: witnessCommitmentScript(new Uint8Array(32).fill(7)) }],
  }))

/** A transaction of somebody, which spends what does not exist. */
const spendNothing = ({ inputs: [input], ...rest }: Transaction): Transaction => ({
  ...rest,
  inputs: [{ ...input!, prevTxid: new Uint8Array(32).fill(7), prevIndex: 0 }],
})

const submit = (line: BlockLine, block: Uint8Array): Promise<string | null> =>
  line.submit([Buffer.from(Buffer.from(block).toString('hex'))], () => undefined)

describe('what the real node says of a block', () => {
  test('that is good, and comes again', async () => {
    const line = openLine()
    const block = await emptyBlock()
    expect(await submit(line, block)).toBeNull()
    expect(await submit(line, block)).toBe('duplicate')
  })

  test.each<[string, (block: Buffer) => Uint8Array]>([
    ['high-hash', (block) => grind(block, false)],
    ['bad-txnmrklroot', (block) => (block.writeUInt32LE(7, block.length - 4), block)],
    ['time-too-old', (block) => (block.writeUInt32LE(1_000_000_000, NTIME), grind(block))],
    [
      'time-too-new',
      (block) => (block.writeUInt32LE(Math.floor(Date.now() / 1_000) + 3 * 3_600, NTIME), grind(block)),
    ],
    ['prev-blk-not-found', (block) => (block.fill(7, 4, 36), grind(block))],
    ['bad-diffbits', (block) => (block.writeUInt32LE(0x207ffffe, 72), grind(block))],
    ['bad-version', (block) => (block.writeUInt32LE(1, 0), grind(block))],
    ['error -22', (block) => block.subarray(0, -1)],
    ['bad-cb-height', (block) => withInput(block, () => ({ script: heightPush(1_000_000) }))],
    ['bad-cb-length', (block) => withInput(block, ({ script }) => ({ script: Buffer.alloc(101, script) }))],
    [
      'bad-cb-amount',
      (block) =>
        withCoinbase(block, ({ outputs: [output] }) => ({
          outputs: [{ ...output!, valueSats: output!.valueSats + 1n }],
        })),
    ],
    ['bad-cb-missing', (block) => withTransactions(block, (coinbase) => [spendNothing(coinbase)])],
    [
      'bad-cb-multiple',
      (block) => withTransactions(block, (coinbase) => [coinbase, { ...coinbase, locktime: 0 }]),
    ],
    ['bad-txns-vout-empty', (block) => withCoinbase(block, () => ({ outputs: [] }))],
    [
      'bad-txns-inputs-missingorspent',
      (block) => withTransactions(block, (coinbase) => [coinbase, spendNothing(coinbase)]),
    ],
    ['bad-txns-duplicate', (block) => withTransactions(block, (coinbase) => [coinbase, coinbase])],
    ['unexpected-witness', (block) => withInput(block, () => ({ witness: [new Uint8Array(32)] }))],
    ['bad-witness-merkle-match', (block) => withCommitment(block, [new Uint8Array(32)])],
    ['bad-witness-nonce-size', (block) => withCommitment(block, [new Uint8Array(31)])],
    [
      'bad-blk-length',
      (block) =>
        withCoinbase(block, () => ({ outputs: [{ valueSats: 0n, script: Buffer.alloc(1_000_000) }] })),
    ],
  ])('that is bad: %s', async (reason, change) => {
    const result = await submit(openLine(), change(await emptyBlock()))
    expect(result).toContain(reason)
    expect(reasonOf({ call: 'submitblock', result }).standing).not.toBe('accepted')
    expect(GENERAL_MEANINGS).not.toContain(reasonOf({ call: 'submitblock', result }).meaning)
  })
})

describe('a found block', () => {
  test('leaves for every node at once, and one that is away holds up nobody', async () => {
    const dataDir = await temporaryDirectory()
    const urls = `http://a:b@127.0.0.1:1 name=away; ${node().url} name=here`
    const { blocks, files, told, takeJob } = await openBlockStory(dataDir, urls)
    onTestFinished(() => blocks.close())
    const found = findBlock(await takeJob(await fetchTemplate(node().rpc)))
    const { hash } = found.candidate
    blocks.submit(found)
    const answers = () =>
      told.flatMap((message) => (message.type === 'block-answered' ? [message.answer] : []))
    await until(() => answers().length >= 2)
    expect(answers().find((answer) => answer.node === 'here')).toMatchObject({ result: null })
    expect(answers().find((answer) => answer.node === 'away')?.result).toMatch(/^away: /)
    // The same answer again is not told again.
    await until(async () => (await files.list()).includes(hash))
    expect((await files.readAnswers(hash)).map((answer) => answer.node).sort()).toEqual(['away', 'here'])
    expect(await node().rpc('getbestblockhash')).toBe(hash)
  })

  test('of a past job of the same tip counts like one of the newest', async () => {
    const dataDir = await temporaryDirectory()
    const { blocks, told, takeJob } = await openBlockStory(dataDir, node().url)
    onTestFinished(() => blocks.close())
    const template = await fetchTemplate(node().rpc)
    const past = await takeJob(template)
    for (let newer = 0; newer < 5; newer++) await takeJob(template)
    const found = findBlock(past)
    blocks.submit(found)
    await until(() => told.some(({ type }) => type === 'block-answered'))
    expect(await node().rpc('getbestblockhash')).toBe(found.candidate.hash)
  })
})
