import { parseAddress } from '@headframe/core/chain/address'
import type { Network } from '@headframe/core/chain/network'
import { findMiner, type FoundMiner } from '@headframe/db/miner/find-miner'
import { poolSettings, type Context } from './context'
import { refuse } from './error/refuse'

/** An address that a visitor typed, as the pool writes it. Throws `address-invalid` with a sentence about what is wrong. */
export async function readAddress(context: Context, text: string): Promise<string> {
  const parsed = parseAddress(text.trim(), await networkOf(context))
  if (!parsed.ok) throw refuse('address-invalid', parsed.message)
  return parsed.address
}

export async function networkOf(context: Context): Promise<Network> {
  const settings = await poolSettings(context)
  if (settings === undefined) throw refuse('not-started')
  return settings.network
}

/** The miner of a typed address, or undefined when the pool has no share of his. */
export async function readMiner(context: Context, text: string): Promise<FoundMiner | undefined> {
  return findMiner(context.database.pool, await readAddress(context, text))
}
