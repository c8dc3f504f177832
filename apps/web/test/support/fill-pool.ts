import type { Database } from '@headframe/db/database'
import { saveChainTip } from '@headframe/db/pool/save-chain-tip'
import { savePool } from '@headframe/db/pool/save-pool'
import { rollUpSegments } from '@headframe/db/rollup/roll-up-segments'
import type { PoolStory } from './pool-story'
import { FEE_BASIS_POINTS, PPLNS_WINDOW, Storyteller } from './storyteller'

/**
 * Writes a story into an empty database as the engine would: real segments through the shipper's door, real
 * candidates, settlements and ledger transactions. Returns the hashes of its blocks.
 */
export async function fillPool(
  db: Database,
  story: PoolStory,
  teller = new Storyteller(db, story),
): Promise<string[]> {
  await savePool(db, settingsOf(story), new Uint8Array(0), story.startsAtMs)
  const blocks = [...story.blocks].sort((a, b) => a.foundAtMs - b.foundAtMs)
  const hashes: string[] = []
  for (let atMs = story.startsAtMs; atMs < story.endsAtMs; atMs += story.stepMs) {
    const endsAtMs = Math.min(atMs + story.stepMs, story.endsAtMs)
    await teller.append(atMs, endsAtMs)
    while (blocks[0] !== undefined && blocks[0].foundAtMs <= endsAtMs) {
      hashes.push(await teller.find(blocks.shift()!, hashes.length))
    }
  }
  while ((await rollUpSegments(db)).isBehind);
  await saveChainTip(db.pool, '00'.repeat(32), story.height + hashes.length, story.endsAtMs - 45_000)
  return hashes
}

function settingsOf({ network, miners }: PoolStory) {
  const base = {
    startDifficulty: 1024,
    minDifficulty: 1,
    maxDifficulty: 1e12,
    fixed: false,
    sharesPerMinute: 12,
    tls: false,
    proxy: false,
    direct: false,
  }
  return {
    network,
    poolAddress: miners[0]?.address ?? '',
    poolTag: '/Headframe/',
    feeBasisPoints: FEE_BASIS_POINTS,
    finderBonusBasisPoints: 0,
    pplnsWindow: PPLNS_WINDOW,
    stratumPorts: [
      { ...base, port: 3333, mode: 'pplns' as const },
      { ...base, port: 3334, mode: 'solo' as const, startDifficulty: 0.0001, fixed: true },
    ],
  }
}
