import { SCORE_UNIT } from '@headframe/core/accounting/score'
import { nbitsOfTarget } from '@headframe/core/chain/target'
import { parseAddress } from '@headframe/core/chain/address'
import { savePool } from '@headframe/db/pool/save-pool'
import { saveChainTip } from '@headframe/db/pool/save-chain-tip'
import type { Database } from '@headframe/db/database'
import { inTransaction } from '@headframe/db/transaction'
import { numberedAddress } from '../load/numbered-address.js'
import { BEST_SHARES } from './best-shares.js'
import { BLOCKS } from './blocks.js'
import { JOURNAL } from './journal.js'
import { LEDGER } from './ledger.js'
import { MINERS } from './miners.js'
import { PAYOUTS } from './payouts.js'
import { refuseReal } from './refuse-real.js'
import { ROLLUPS } from './rollups.js'
import { FEE_BASIS_POINTS, NETWORK, networkWorkOf, type SeedSize } from './seed-size.js'

/** A part of the seed: what it is called, and statements that follow each other. */
export interface SeedStep {
  readonly name: string
  readonly statements: readonly string[]
}

const STEPS: readonly SeedStep[] = [MINERS, ROLLUPS, JOURNAL, BLOCKS, PAYOUTS, LEDGER, BEST_SHARES]
const MINUTE_MS = 60_000
const TERMS = {
  network: NETWORK,
  poolTag: '/synthetic/',
  feeBasisPoints: Number(FEE_BASIS_POINTS),
  finderBonusBasisPoints: 0,
  pplnsWindow: 4,
  stratumPorts: [],
  payouts: {
    everyMinutes: 10_080,
    thresholdSats: 50_000n,
    minimumSats: 5_000n,
    maxAgeDays: undefined,
    confirmations: 6,
  },
} as const

/**
 * Fills an empty, migrated database with the record of a pool that has never been, up to `endsAtMs`, and marks it as made
 * up. Rows are written past the triggers, as a backup would be, with what the triggers keep. All of it, or nothing.
 * Throws SeedRefused where something real is.
 */
export async function seedDatabase(
  db: Pick<Database, 'pool'>,
  size: SeedSize,
  endsAtMs: number,
  onStep: (name: string) => void = () => undefined,
): Promise<void> {
  await refuseReal(db.pool)
  const networkWork = networkWorkOf(size)
  const nbits = nbitsOfTarget((1n << 256n) / networkWork)
  const endsAt = new Date(Math.floor(endsAtMs / MINUTE_MS) * MINUTE_MS)
  const poolAddress = numberedAddress(0, NETWORK)
  // One that was begun and came to nothing.
  await db.pool.query('DELETE FROM pool WHERE is_synthetic')
  await savePool(db, { ...TERMS, poolAddress }, scriptOf(poolAddress), endsAt.getTime())
  await db.pool.query('UPDATE pool SET is_synthetic = true')
  await inTransaction(db.pool, async (client) => {
    await client.query('SET LOCAL session_replication_role = replica')
    // Days are those of UTC.
    await client.query("SET LOCAL TimeZone = 'UTC'")
    await client.query("SET LOCAL work_mem = '256MB'")
    await client.query("SET LOCAL maintenance_work_mem = '1GB'")
    await client.query(
      "SELECT set_config('seed.' || name, value, true) FROM unnest($1::text[], $2::text[]) AS s (name, value)",
      [
        ['seed', 'miners', 'workers', 'days', 'end', 'score', 'nbits'],
        [
          size.seed,
          size.miners,
          size.workers,
          size.days,
          endsAt.toISOString(),
          SCORE_UNIT / networkWork,
          nbits,
        ].map(String),
      ],
    )
    const addresses = Array.from({ length: size.miners }, (_, n) => numberedAddress(n + 1, NETWORK))
    await client.query(
      'CREATE TEMP TABLE seed_address ON COMMIT DROP AS SELECT * FROM unnest($1::text[]) WITH ORDINALITY AS a (address, id)',
      [addresses],
    )
    for (const { name, statements } of STEPS) {
      onStep(name)
      for (const sql of statements) await client.query(sql)
    }
    const { rows } = await client.query<{ height: number | null }>('SELECT max(height) AS height FROM block')
    await saveChainTip(client, '0'.repeat(64), (rows[0]!.height ?? 0) + 2, endsAt.getTime())
  })
  onStep('vacuum')
  await db.pool.query('VACUUM ANALYZE')
}

function scriptOf(address: string): Uint8Array {
  const parsed = parseAddress(address, NETWORK)
  if (!parsed.ok) throw new Error(parsed.message)
  return parsed.script
}
