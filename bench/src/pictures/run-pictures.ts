import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Database } from '@headframe/db/database'
import { formatKilobytes, takePicture, type Shot } from './take-picture.js'
import { openPhone } from '../web/phone.js'
import { networkWorkOf } from '../seed/seed-size.js'
import { withWebPool } from '../web/web-pool.js'
import { openConsole } from './open-console.js'
import { playEngine, type Garage } from './play-engine.js'

/** `npm run pictures`: the pictures of the pages in docs/images, of a made-up pool with a year behind it. */
const SIZE = { miners: 200, workers: 1_200, days: 365, seed: 1 }
/** Of the network that the seed makes up: a difficulty of 1 is 2^32 hashes, and a little more. */
const DIFFICULTY = Number(networkWorkOf(SIZE)) / 2 ** 32
const FOLDER = fileURLToPath(new URL('../../../docs/images', import.meta.url))

await withWebPool(SIZE, { seedsFolder: undefined }, async (pool) => {
  await mkdir(FOLDER, { recursive: true })
  const garage = await findGarage(pool.db)
  const stop = await playEngine(pool, garage, DIFFICULTY)
  const browser = await openPhone()
  try {
    const cookie = await openConsole(pool.db, pool.url)
    for (const shot of await listShots(pool.db, garage)) {
      const bytes = await takePicture(browser, { ...shot, url: pool.url + shot.path, cookie }, FOLDER)
      console.log(`docs/images/${shot.name}.webp  ${formatKilobytes(bytes)}`)
    }
  } finally {
    await browser.close()
    await stop()
  }
})

/** A miner with a few machines that work. */
async function findGarage({ pool }: Database): Promise<Garage> {
  const { rows } = await pool.query<{ address: string; workers: string[] }>(
    `SELECT miner.address, array_agg(worker.name ORDER BY worker.id) AS workers
     FROM miner JOIN worker ON worker.miner_id = miner.id AND worker.last_share_at > now() - interval '1 hour'
     GROUP BY miner.id HAVING count(*) BETWEEN 3 AND 5 ORDER BY min(worker.first_seen_at), miner.id LIMIT 1`,
  )
  return rows[0]!
}

async function listShots({ pool }: Database, { address, workers }: Garage) {
  const { rows } = await pool.query<{ hash: string }>(
    "SELECT hash FROM block WHERE status = 'mature' ORDER BY found_at DESC LIMIT 1",
  )
  const miner = `/miners/${address}`
  const shots: readonly (Omit<Shot, 'url' | 'cookie'> & { readonly path: string })[] = [
    { name: 'pool-light', path: '/' },
    { name: 'pool-dark', path: '/', isDark: true },
    { name: 'miner', path: miner },
    { name: 'miner-phone', path: miner, isPhone: true, isDark: true },
    { name: 'worker', path: `${miner}/${workers[0]!}?range=7d` },
    { name: 'blocks', path: '/blocks' },
    { name: 'block', path: `/blocks/${rows[0]!.hash}` },
    { name: 'payouts', path: '/payouts' },
    { name: 'connect', path: `/connect?address=${address}` },
    { name: 'status', path: '/status' },
    { name: 'console', path: '/console' },
  ]
  return shots
}
