import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { testServices } from '@headframe/local/testing/services'
import { runSources } from './run-sources.js'

export interface CommandSurroundings {
  readonly redisUrl: string
  readonly environment?: Readonly<Record<string, string>>
}

/** What a program of the engine has left when it ended. */
export interface Ended {
  readonly code: number
  readonly output: string
  readonly error: string
}

/** Runs a program of the engine that ends by itself as a child of its own, with the shared node. */
export async function runCommand(
  program: string,
  args: readonly string[],
  { redisUrl, environment }: CommandSurroundings,
): Promise<Ended> {
  const file = fileURLToPath(new URL(`../src/${program}.ts`, import.meta.url))
  const env = {
    ...process.env,
    BITCOIND_URLS: testServices().bitcoindUrl,
    DATABASE_URL: testServices().postgresUrl,
    REDIS_URL: redisUrl,
    POOL_ADDRESS: 'unused',
    ...environment,
  }
  const node = [...runSources(), file, ...args]
  return new Promise((resolve) => {
    execFile(process.execPath, node, { env }, (failure, output, error) => {
      resolve({ code: typeof failure?.code === 'number' ? failure.code : 0, output, error })
    })
  })
}
