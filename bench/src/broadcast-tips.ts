import { setTimeout as sleep } from 'node:timers/promises'
import type { FleetOrder, LoadGroup } from './load/load-group.js'
import { Announcements } from './measure/announcements.js'
import { watchEventLoops } from './measure/event-loop-delay.js'
import { nobodysAddress, type ServePool } from './serve-pool.js'
import type { StartLoad } from './with-pool.js'

export const CHAIN = 'regtest'
const TIPS = 20
const WARM_UP_TIPS = 3
/** Between two tips, so that one does not stand in the way of the next. */
const PAUSE_MS = 250

/** When a new block's job reached each miner, ms after the node announced the block. */
export type Delays = readonly number[]

export interface Tips {
  readonly tips: readonly Delays[]
  readonly delayMs: number | null
}

/** Opens miners, then lets the node find some blocks, one after the other. */
export async function broadcastTips(
  serve: ServePool,
  startLoad: StartLoad,
  order: Pick<FleetOrder, 'count' | 'ownAddressesOn'>,
  processes: number,
): Promise<Tips> {
  // Before the miners: a subscription that has not reached the node yet misses what the node says.
  const announced = await Announcements.open(serve.node.zmqHashblockUrl)
  const load = startLoad(processes)
  const where = { host: '127.0.0.1', port: serve.stratumPort, address: nobodysAddress(CHAIN) }
  await load.open({ ...where, ...order, maxConnecting: 100, isMining: false })
  for (let tip = 0; tip < WARM_UP_TIPS; tip++) await oneTip(serve, load, announced)
  const tips: Delays[] = []
  const { delayMs } = await watchEventLoops(serve.redis.url, CHAIN, async () => {
    for (let tip = 0; tip < TIPS; tip++) tips.push(await oneTip(serve, load, announced))
  })
  await announced.close()
  return { tips, delayMs }
}

async function oneTip(serve: ServePool, load: LoadGroup, announced: Announcements): Promise<Delays> {
  await load.watchJob()
  const announcement = announced.next()
  await serve.node.rpc('generatetoaddress', [1, nobodysAddress(CHAIN)])
  const announcedAtMs = await announcement
  const arrivals = await load.jobArrivals()
  await sleep(PAUSE_MS)
  return arrivals.map((atMs) => atMs - announcedAtMs)
}
