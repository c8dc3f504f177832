import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { bitcoinRpc, type Rpc } from '../bitcoin-rpc.js'
import { createDatabase, type Database } from '../create-database.js'

/** The real services that vitest's global set-up of the integration project started for the whole run. */
export interface TestServices {
  /** The server's URL with its database `headframe`, which nobody uses: make one with `createTestDatabase`. */
  readonly postgresUrl: string
  readonly redisUrl: string
  /** A regtest node with a matured wallet. Files run at once: who depends on heights starts a node of his own. */
  readonly bitcoindUrl: string
  readonly bitcoindZmqHashblockUrl: string
  /** For `startBitcoind` and `startRedis` in a test: what is unpacked there is not downloaded again. */
  readonly packagesDirectory: string
  /** What a test compiles to run it, for all tests of the run. */
  readonly compiledDirectory: string
}

declare module 'vitest' {
  interface ProvidedContext {
    services: TestServices
  }
}

/** The services of this run. Only files named `*.integration.test.ts` have them. */
export function testServices(): TestServices {
  return inject('services')
}

/** The shared regtest node's RPC, on its wallet. */
export function testBitcoinRpc(): Rpc {
  return bitcoinRpc(testServices().bitcoindUrl)
}

const SUFFIX_BYTES = 6

function uniqueName(prefix: string): string {
  return `${prefix}_${randomBytes(SUFFIX_BYTES).toString('hex')}`
}

/** An empty database for one test file alone, or a copy of `template`. */
export function createTestDatabase(template?: string): Promise<Database> {
  return createDatabase(testServices().postgresUrl, uniqueName('test'), template)
}

/** A prefix for one test file's keys on the shared Redis; it ends with a colon. */
export function testRedisPrefix(): string {
  return `${uniqueName('test')}:`
}
