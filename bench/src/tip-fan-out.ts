import { StratumClient } from '@headframe/miner/stratum-client'
import { Subscriber } from 'zeromq'
import { percentile } from './percentile.js'
import { nobodysAddress, openServePool, type ServePool } from './serve-pool.js'
import type { Row } from './report.js'

const CLIENTS = 1_000
const TIPS = 20
/** Between two tips, so that one does not stand in the way of the next. */
const PAUSE_MS = 250

/** From the node's own announcement of a block to `mining.notify` at the first and at the last of many miners. */
export async function benchTipFanOut(): Promise<Row[]> {
  const pool = await openServePool({ chain: 'regtest', port: 'fixed=1' })
  try {
    // Before the clients: a subscription that has not reached the node yet misses what the node says.
    const announced = new Subscriber()
    announced.connect(pool.node.zmqHashblockUrl)
    announced.subscribe('hashblock')
    const clients: StratumClient[] = []
    for (let number = 0; number < CLIENTS; number++) clients.push(await login(pool, number))
    const firstMs: number[] = []
    const lastMs: number[] = []
    for (let tip = 0; tip <= TIPS; tip++) {
      const delaysMs = await oneTip(pool, clients, announced)
      // The first one warms up.
      if (tip === 0) continue
      firstMs.push(Math.min(...delaysMs))
      lastMs.push(Math.max(...delaysMs))
    }
    announced.close()
    await Promise.all(clients.map((client) => client.close()))
    return [
      row(`new tip to the first notify of ${CLIENTS.toLocaleString('en')}`, firstMs),
      row(`new tip to the last notify of ${CLIENTS.toLocaleString('en')}`, lastMs),
    ]
  } finally {
    await pool.close()
  }
}

async function login(pool: ServePool, number: number): Promise<StratumClient> {
  const client = await StratumClient.connect({ host: '127.0.0.1', port: pool.stratumPort })
  await client.subscribe()
  await client.authorize(`${nobodysAddress('regtest')}.rig${number}`)
  await client.jobWhere()
  return client
}

/** Delay of each client, ms. */
async function oneTip(
  pool: ServePool,
  clients: readonly StratumClient[],
  announced: Subscriber,
): Promise<number[]> {
  const arrivals = clients.map(
    (client) =>
      new Promise<number>((resolve) => {
        client.once('job', () => resolve(performance.now()))
      }),
  )
  const announcement = announced.receive().then(() => performance.now())
  await pool.node.rpc('generatetoaddress', [1, nobodysAddress('regtest')])
  const announcedAtMs = await announcement
  const delaysMs = (await Promise.all(arrivals)).map((atMs) => atMs - announcedAtMs)
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  return delaysMs
}

function row(what: string, samplesMs: readonly number[]): Row {
  return { what, unit: 'ms', median: percentile(samplesMs, 50), worst: percentile(samplesMs, 100) }
}
