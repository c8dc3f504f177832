import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startBitcoind, type Bitcoind } from '@headframe/local/bitcoind'
import { solve } from '@headframe/miner/solve'
import { StratumClient } from '@headframe/miner/stratum-client'
import { expect, test } from '@playwright/test'
import { startStack } from './stack.js'

const packagesDirectory = fileURLToPath(new URL('../.headframe/packages', import.meta.url))

test('without its node the pool says so, keeps its miners, and goes on by itself', async ({ page }) => {
  test.setTimeout(300_000)
  const directory = await mkdtemp(join(tmpdir(), 'headframe-e2e-node-'))
  const startNode = (ports: Partial<Bitcoind> = {}): Promise<Bitcoind> => {
    const { rpcPort, zmqPort } = ports
    const again = rpcPort === undefined || zmqPort === undefined ? {} : { rpcPort, zmqPort }
    return startBitcoind({ directory, packagesDirectory, ...again })
  }
  let node = await startNode()
  const address = await node.rpc<string>('getnewaddress')
  const stack = await startStack({
    BITCOIND_URLS: `${node.url} hashblock=${node.zmqHashblockUrl}`,
    POOL_ADDRESS: address,
  })
  try {
    const client = await StratumClient.connect({ host: '127.0.0.1', port: stack.stratumPort })
    await client.subscribe()
    await client.authorize(`${address}.rig`)
    const job = await client.jobWhere()
    await page.goto(stack.webUrl)
    await expect(page.getByText('in step')).toBeVisible()

    await node.stop()
    await expect(page.getByText('The Bitcoin node is away')).toBeVisible()
    await expect(page.getByText('Miners keep their last work for now')).toBeVisible()
    // A share of the last job is still worth what it was; the block that it is waits for the node.
    expect(await client.submit(solve(job))).toEqual({ isAccepted: true })

    node = await startNode(node)
    await expect(page.getByText('in step')).toBeVisible()
    await expect(page.getByText('The Bitcoin node is away')).toBeHidden()
    await client.jobWhere((next) => Buffer.compare(next.prevHash, job.prevHash) !== 0)
    await expect(page.getByRole('region', { name: 'Last blocks' }).getByRole('link').first()).toBeVisible()
    expect(client.isOpen).toBe(true)
    await client.close()
  } finally {
    expect(await stack.stop()).toBe(0)
    await node.stop()
    await rm(directory, { recursive: true, force: true })
  }
})
