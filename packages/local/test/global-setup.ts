import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { startBitcoind } from '../src/bitcoind.js'
import { startPostgres } from '../src/postgres.js'
import { startRedis } from '../src/redis.js'
import '../src/testing/services.js'

const packagesDirectory = fileURLToPath(new URL('../../../.headframe/packages', import.meta.url))

/** Starts the services once for all integration tests; one that cannot be had fails the whole run, saying why. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = mkdtempSync(join(tmpdir(), 'headframe-test-'))
  // Postgres may run as another user, who has to pass through.
  chmodSync(directory, 0o711)
  const running: { stop(): Promise<void> }[] = []
  const teardown = async (): Promise<void> => {
    for (const service of running.reverse()) await service.stop()
    rmSync(directory, { recursive: true, force: true })
  }
  const started = <T extends { stop(): Promise<void> }>(service: T): T => {
    running.push(service)
    return service
  }
  const onProgress = (line: string): void => void process.stderr.write(`integration: ${line}\n`)
  try {
    const postgres = started(await startPostgres({ directory: join(directory, 'postgres'), durable: false }))
    const redis = started(
      await startRedis({ directory: join(directory, 'redis'), packagesDirectory, onProgress }),
    )
    const bitcoin = { directory: join(directory, 'bitcoin'), packagesDirectory, onProgress }
    const bitcoind = started(await startBitcoind(bitcoin))
    const compiledDirectory = join(directory, 'compiled')
    mkdirSync(compiledDirectory)
    project.provide('services', {
      postgresUrl: postgres.url,
      redisUrl: redis.url,
      bitcoindUrl: bitcoind.url,
      bitcoindZmqHashblockUrl: bitcoind.zmqHashblockUrl,
      packagesDirectory,
      compiledDirectory,
    })
  } catch (error) {
    await teardown()
    throw error
  }
  return teardown
}
