import type { WatchedBlock } from '@headframe/db/block/watched-block'

/** What the node says of its block index. */
export interface ChainView {
  /** 1 = the tip, -1 = known and not on the best chain, undefined = not known. */
  confirmationsOf(hash: string): Promise<number | undefined>
  /** The best chain's block at a height; undefined above the tip. */
  hashAt(height: number): Promise<string | undefined>
}

export type BlockVerdict = Pick<WatchedBlock, 'status' | 'confirmations'>

/**
 * From so many confirmations on a coinbase can be spent and is not to be lost by any known reorganisation: the block
 * itself and COINBASE_MATURITY (100) on top (Bitcoin Core `consensus/consensus.h`; its wallet counts the same).
 */
const MATURE_CONFIRMATIONS = 101

/**
 * What has become of a block. Stale is only what another block has beaten: a node that does not know the block may
 * have been set up anew, and one that knows but does not have it on its chain may still be checking it.
 */
export async function judgeBlock(block: WatchedBlock, chain: ChainView): Promise<BlockVerdict> {
  const confirmations = await chain.confirmationsOf(block.hash)
  if (confirmations !== undefined && confirmations > 0) {
    return { status: confirmations >= MATURE_CONFIRMATIONS ? 'mature' : 'immature', confirmations }
  }
  const wasOnChain = block.status === 'immature' || block.status === 'mature'
  const hasLeftChain = confirmations !== undefined && wasOnChain
  if (hasLeftChain || (await isBeaten(block, chain))) return { status: 'stale', confirmations: 0 }
  return { status: block.status, confirmations: wasOnChain ? block.confirmations : 0 }
}

async function isBeaten({ hash, height }: WatchedBlock, chain: ChainView): Promise<boolean> {
  const holder = await chain.hashAt(height)
  return holder !== undefined && holder !== hash
}
