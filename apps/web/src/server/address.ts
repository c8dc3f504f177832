import { parseAddress } from '@headframe/core/chain/address'
import type { Network } from '@headframe/core/chain/network'
import { findMiner, type FoundMiner } from '@headframe/db/miner/find-miner'
import { findWorker, type FoundWorker } from '@headframe/db/worker/find-worker'
import type { PoolSettings } from '@headframe/db/pool/read-pool'
import { isKeyOf } from './account/view-key'
import { poolSettings, type Context, type RequestContext } from './context'
import { refuse } from './error/refuse'

/** An address that a visitor typed, as the pool writes it. Throws `address-invalid` with a sentence about what is wrong. */
export async function readAddress(context: Context, text: string): Promise<string> {
  const parsed = parseAddress(text.trim(), await networkOf(context))
  if (!parsed.ok) throw refuse('address-invalid', parsed.message)
  return parsed.address
}

export async function networkOf(context: Context): Promise<Network> {
  return (await requiredSettings(context)).network
}

/** What is in force. Throws PRECONDITION_FAILED while nothing is. */
export async function requiredSettings(context: Context): Promise<PoolSettings> {
  const settings = await poolSettings(context)
  if (settings === undefined) throw refuse('not-started')
  return settings
}

/**
 * The miner of a typed address, or undefined when the pool has no share of his. One who is not listed is there for
 * himself, for operators and for whoever has his view key; to everybody else he is as one who was never here. Whatever
 * is told about a miner is asked for through this.
 */
export async function readMiner(context: RequestContext, text: string): Promise<FoundMiner | undefined> {
  const miner = await findOnce(context, await readAddress(context, text))
  return miner !== undefined && maySee(context, miner) ? miner : undefined
}

/** A page asks for many things of one miner in one request. */
function findOnce(
  { database, foundMiners }: RequestContext,
  address: string,
): Promise<FoundMiner | undefined> {
  const found = foundMiners?.get(address) ?? findMiner(database.pool, address)
  foundMiners?.set(address, found)
  return found
}

/** A worker of such a miner, under the same condition; a hidden one is there for its miner and for operators alone. */
export async function readWorker(
  context: RequestContext,
  text: string,
  workerName: string,
): Promise<FoundWorker | undefined> {
  const miner = await readMiner(context, text)
  if (miner === undefined) return undefined
  const worker = await findWorker(context.database.pool, await readAddress(context, text), workerName)
  if (worker === undefined || (worker.isHidden && !seesAll(context, miner))) return undefined
  return { ...worker, label: isHimself(context, miner) ? worker.label : undefined }
}

/** Whether he who asks is this miner, by a session or by a token that may read what is his own. */
export function isHimself({ viewer }: RequestContext, { minerId }: Pick<FoundMiner, 'minerId'>): boolean {
  return viewer.kind === 'miner' && viewer.minerId === minerId && viewer.scopes.includes('own:read')
}

/** Whether nothing of a miner's machines is hidden from who asks. */
export function seesAll(context: RequestContext, miner: Pick<FoundMiner, 'minerId'>): boolean {
  return context.viewer.kind === 'operator' || isHimself(context, miner)
}

function maySee({ viewer, viewKeys }: RequestContext, miner: FoundMiner): boolean {
  if (!miner.isUnlisted || viewer.kind === 'operator') return true
  if (viewer.kind === 'miner' && viewer.minerId === miner.minerId) return true
  const { viewKeyHash } = miner
  return viewKeyHash !== undefined && viewKeys.some((key) => isKeyOf(key, viewKeyHash))
}
