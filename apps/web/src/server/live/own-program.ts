import { hostname } from 'node:os'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Network } from '@headframe/core/chain/network'
import { liveKeys } from '@headframe/core/live/live-feed'
import type { LiveProgram } from '@headframe/core/live/live-system'
import packageJson from '../../../package.json'
import type { LiveFeed } from './live-feed'

const PUBLISH_INTERVAL_MS = 2_000
const RESOLUTION_MS = 10
const NS_PER_MS = 1e6

/** Tells by the live feed that this web server lives, once its network is known. What cannot be sent is dropped. */
export function tellOfOwnProgram(
  live: LiveFeed,
  network: () => Promise<Network | undefined>,
  nowMs: () => number,
): void {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delay.enable()
  const startedAtMs = nowMs() - Math.round(process.uptime() * 1_000)
  const field = `web/${hostname()}/${process.pid}`
  let of: Network | undefined
  async function publish(): Promise<void> {
    of ??= await network()
    if (of === undefined || live.commands.status !== 'ready') return
    const p99Ms = Math.max(0, delay.percentile(99) / NS_PER_MS - RESOLUTION_MS)
    delay.reset()
    const entry: LiveProgram = {
      ...{ atMs: nowMs(), program: 'web', name: '', host: hostname(), pid: process.pid, startedAtMs },
      version: packageJson.version,
      memoryBytes: process.memoryUsage.rss(),
      eventLoopDelayP99Ms: Math.round(p99Ms * 100) / 100,
      doing: `tells open pages of what changes: ${live.pageCount}`,
    }
    await live.commands.hset(liveKeys(of).programs, field, JSON.stringify(entry))
  }
  setInterval(() => void publish().catch(() => undefined), PUBLISH_INTERVAL_MS).unref()
}
