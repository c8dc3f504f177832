import { bytesToHex } from '@headframe/core/bytes'
import { parseAddress } from '@headframe/core/chain/address'
import { serialiseHeader } from '@headframe/core/chain/header'
import { rootFromPath } from '@headframe/core/chain/merkle'
import { sha256d } from '@headframe/core/hash'
import { assembleBlockHead } from '@headframe/core/job/assemble-block-head'
import { buildJob } from '@headframe/core/job/build-job'
import { assembleCoinbase } from '@headframe/core/job/coinbase'
import type { CoinbasePlan } from '@headframe/core/job/coinbase-plan'
import { coinbaseReserve } from '@headframe/core/job/coinbase-reserve'
import type { DirectSplit } from '@headframe/core/job/direct-split'
import type { Job } from '@headframe/core/job/job'
import { classVariants, soloVariant } from '@headframe/core/job/job-variant'
import { parseBlockTemplate } from '@headframe/core/template/block-template'
import { beforeAll, expect, test } from 'vitest'
import { ownNode } from '../own-node.js'

const TRANSACTIONS = 12
const E1 = new Uint8Array(5)
const E2 = new Uint8Array(8)

const node = ownNode()
let plan: CoinbasePlan
let direct: DirectSplit

beforeAll(async () => {
  // One address after the other, each a child of the change of the one before.
  const to = await node().rpc<string>('getnewaddress')
  for (let count = 0; count < TRANSACTIONS; count++) await node().rpc('sendtoaddress', [to, 0.1])
  const script = await newScript('bech32')
  const parts = [
    { script: await newScript('legacy'), basisPoints: 100 },
    { script: await newScript('bech32m'), basisPoints: 50 },
  ]
  plan = { restScript: script, fixed: parts, solo: parts }
  const payees = []
  for (let count = 0n; count < 120n; count++)
    payees.push({ script: await newScript('bech32'), prefixBefore: count, prefixAfter: count + 1n })
  const terms = { pplnsWindow: 4, feeBasisPoints: 100, finderBonusBasisPoints: 0 }
  direct = { window: { endPosition: 1n, endIndex: 1, ...terms }, total: 120n, payees }
})

async function newScript(type: string): Promise<Uint8Array> {
  const parsed = parseAddress(await node().rpc<string>('getnewaddress', ['', type]), 'regtest')
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed.script
}

/** The node's verdict on a block of the job, which needs no work (BIP 23). */
function propose(job: Job, transactions: Uint8Array): Promise<string | null> {
  const merkleRoot = rootFromPath(sha256d(assembleCoinbase(job, E1, E2)), job.merklePath)
  const header = serialiseHeader({ ...job, merkleRoot, nonce: 0 })
  const data = bytesToHex(assembleBlockHead(job, header, E1, E2)) + bytesToHex(transactions)
  return node().rpc<string | null>('getblocktemplate', [{ mode: 'proposal', data, rules: ['segwit'] }])
}

test('the node takes each variant of the coinbase over a template that was cut for a large reserve', async () => {
  const json = await node().rpc<Record<string, unknown>>('getblocktemplate', [{ rules: ['segwit'] }])
  const offered = json['transactions'] as { weight: number; sigops: number }[]
  expect(offered).toHaveLength(TRANSACTIONS)
  const reserve = coinbaseReserve(plan, true)
  const half = offered.slice(0, TRANSACTIONS / 2).reduce((sum, { weight }) => sum + weight, 0)
  const reserves = {
    all: reserve,
    half: { ...reserve, weight: 4_000_000 - 4 * 81 - half },
    'all but one': { ...reserve, sizeBytes: 4_000_000 - 400 },
    none: { ...reserve, sigops: 80_000 },
  }
  const counts: number[] = []
  for (const wanted of Object.values(reserves)) {
    const template = parseBlockTemplate(json, wanted)
    counts.push(template.transactionCount)
    const job = buildJob({
      template,
      jobId: '00000001',
      plan,
      direct,
      poolTag: '/t/',
      cleanJobs: true,
      createdAtMs: 0,
    })
    const variants = [...classVariants(job), soloVariant(job, await newScript('legacy'))]
    expect(variants).toHaveLength(6)
    for (const variant of variants) expect(await propose(variant, template.transactions)).toBeNull()
  }
  expect(counts[0]).toBe(TRANSACTIONS)
  expect(counts[1]).toBe(TRANSACTIONS / 2)
  expect(counts[2]).toBe(1)
  expect(counts[3]).toBe(0)
})
