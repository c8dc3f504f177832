import { parseAddress } from '@headframe/core/chain/address'
import { parseUsername } from '@headframe/core/stratum/username'
import { listAtHeight } from '@headframe/db/block/list-at-height'
import { readBlock } from '@headframe/db/block/read-block'
import { findSent } from '@headframe/db/payout/find-sent'
import { poolSettings, type Context } from './context'
import { blockPath, minerPath, payoutPath, workerPath } from '../paths'

/** What a visitor has looked for: a page of this site, or in words why there is none. */
export type FindTarget =
  | { readonly kind: 'miner' | 'worker' | 'block' | 'payout'; readonly path: string }
  | { readonly kind: 'nothing'; readonly message: string }

/** Beyond any height that the chain will have in a lifetime. */
const MAX_HEIGHT_DIGITS = 9

/** By address, `address.worker`, height or hash of a block of the pool, or id of a transaction that has paid miners. */
export async function findTarget(context: Context, typed: string): Promise<FindTarget> {
  const text = typed.trim()
  if (text === '') return nothing('Type an address, a block or a transaction.')
  const digits = text.replaceAll(/[\s,.’']/g, '')
  if (/^\d+$/.test(digits) && digits.length <= MAX_HEIGHT_DIGITS) return findHeight(context, Number(digits))
  if (/^[0-9a-f]{64}$/i.test(text)) return findHash(context, text.toLowerCase())
  return findAddress(context, text)
}

const nothing = (message: string): FindTarget => ({ kind: 'nothing', message })

async function findHeight(context: Context, height: number): Promise<FindTarget> {
  const [hash] = await listAtHeight(context.database.pool, height)
  if (hash === undefined) return nothing(`The pool has found no block at height ${height}.`)
  return { kind: 'block', path: blockPath(hash) }
}

async function findHash(context: Context, hash: string): Promise<FindTarget> {
  const db = context.database.pool
  const [block, batchId] = await Promise.all([readBlock(db, hash), findSent(db, hash)])
  if (block !== undefined) return { kind: 'block', path: blockPath(hash) }
  if (batchId !== undefined) return { kind: 'payout', path: payoutPath(batchId) }
  return nothing('The pool has found no block and sent no payout with this hash.')
}

/** Whether the pool knows him is for his page to say: an address that is one leads there. */
async function findAddress(context: Context, text: string): Promise<FindTarget> {
  const settings = await poolSettings(context)
  if (settings === undefined) return nothing('The pool has not been started yet.')
  const alone = parseAddress(text, settings.network)
  if (alone.ok) return { kind: 'miner', path: minerPath(alone.address)! }
  const username = parseUsername(text)
  if ('malformed' in username) return nothing(username.malformed)
  const { address, workerName } = username
  const parsed = parseAddress(address, settings.network)
  if (!parsed.ok)
    return nothing(`This is no address, block or transaction that the pool knows. ${parsed.message}`)
  if (workerName === '') return { kind: 'miner', path: minerPath(parsed.address)! }
  return { kind: 'worker', path: workerPath(parsed.address, workerName) }
}
