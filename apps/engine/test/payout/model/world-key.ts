import { bytesToHex } from '@headframe/core/bytes'
import { txidOf } from './coins.js'
import { HOUR_MS, type World } from './world.js'

/** Two worlds with the same key go on alike: names that are only different are told by their order alone. */
export function keyOf({ written, chain, nowMs }: World): string {
  const ordinals = new Map<string, number>()
  const ordinalOf = (name: string) =>
    ordinals.get(name) ?? (ordinals.set(name, ordinals.size), ordinals.size - 1)
  const batches = written.batches.map((batch) => [
    batch.state,
    batch.bumpRequested,
    batch.problem?.problem,
    batch.place && [batch.place.version, ordinalOf(batch.place.blockHash), batch.place.height],
    batch.versions.map((version) => [
      version.psbt,
      version.feeRate,
      version.isAbandoned,
      version.signed && ordinalOf(bytesToHex(version.signed.raw)),
      version.sentAtMs !== undefined && nowMs - version.sentAtMs >= HOUR_MS,
      version.sentAtMs !== undefined,
    ]),
  ])
  return JSON.stringify([
    batches,
    written.plannedAtMs === undefined || nowMs - written.plannedAtMs >= HOUR_MS,
    written.problem?.problem,
    written.isPaused,
    chain.blocks.map(({ hash, transactions }) => [ordinalOf(hash), transactions.map(txidOf)]),
    chain.mempool.map(txidOf).sort(),
    [...chain.locked].sort(),
    [...chain.remembered.keys()].sort(),
    [...written.declared].sort(),
    written.checkedBlockHash !== undefined && ordinalOf(written.checkedBlockHash),
    chain.feeRate,
  ])
}
