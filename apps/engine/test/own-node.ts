import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startBitcoind, type Bitcoind } from '@headframe/local/bitcoind'
import { testServices } from '@headframe/local/testing/services'
import { afterAll, beforeAll } from 'vitest'

/** A regtest node of the calling file's own, on which nobody else mines; the function's result once tests run. */
export function ownNode(): () => Bitcoind {
  let directory: string
  let node: Bitcoind
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'headframe-own-node-'))
    node = await startBitcoind({ directory, packagesDirectory: testServices().packagesDirectory })
  })
  afterAll(async () => {
    await node.stop()
    await rm(directory, { recursive: true, force: true })
  })
  return () => node
}
