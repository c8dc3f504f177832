import type { PoolJob } from '@headframe/miner/pool-job'
import { solve } from '@headframe/miner/solve'
import { StratumClient } from '@headframe/miner/stratum-client'
import { expect } from '@playwright/test'
import type { Stack } from './stack.js'

export interface FoundBlock {
  readonly hash: string
  readonly height: number
  readonly job: PoolJob
}

/** One share of an outside miner; on regtest it is a block. */
export async function findBlock(
  { rpc, stratumPort }: Stack,
  address: string,
  workerName: string,
): Promise<FoundBlock> {
  const tip = await rpc<string>('getbestblockhash')
  const client = await StratumClient.connect({ host: '127.0.0.1', port: stratumPort })
  await client.subscribe()
  await client.authorize(`${address}.${workerName}`)
  const job = await client.jobWhere((next) => displayOrder(next.prevHash) === tip)
  const solution = solve(job, { wanted: 'block' })
  expect(await client.submit(solution)).toEqual({ isAccepted: true })
  const hash = displayOrder(solution.hash)
  await expect.poll(() => rpc<string>('getbestblockhash')).toBe(hash)
  await client.close()
  return { hash, height: await rpc<number>('getblockcount'), job }
}

const displayOrder = (hash: Uint8Array): string => Buffer.from(hash).reverse().toString('hex')
