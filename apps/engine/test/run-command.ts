import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { testServices } from '@headframe/local/testing/services'

export interface CommandSurroundings {
  /** A folder for what was compiled. */
  readonly cache: string
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
  { cache, redisUrl, environment }: CommandSurroundings,
): Promise<Ended> {
  const hooks = new URL('./journal/run-typescript.mjs', import.meta.url)
  const compiled = join(cache, 'cache')
  await mkdir(compiled, { recursive: true })
  hooks.searchParams.set('cache', compiled)
  const file = fileURLToPath(new URL(`../src/${program}.ts`, import.meta.url))
  const env = {
    ...process.env,
    BITCOIND_URLS: testServices().bitcoindUrl,
    DATABASE_URL: testServices().postgresUrl,
    REDIS_URL: redisUrl,
    POOL_ADDRESS: 'unused',
    ...environment,
  }
  const node = ['--conditions=@headframe/source', `--import=${hooks.href}`, file, ...args]
  return new Promise((resolve) => {
    execFile(process.execPath, node, { env }, (failure, output, error) => {
      resolve({ code: typeof failure?.code === 'number' ? failure.code : 0, output, error })
    })
  })
}
