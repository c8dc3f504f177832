import type { Network } from '@headframe/core/chain/network'
import { JournalError } from './journal-error.js'
import { recoverChain, type ChainHead, type RecoverModules } from './recover-chain.js'

export interface OpenSlotModules extends RecoverModules {
  /** Eight hex digits, different each time. */
  readonly randomSuffix: () => string
}

export interface OpenedSlot {
  readonly writerId: string
  readonly head: ChainHead
  /** Higher than that of any start of this slot before. */
  readonly incarnation: number
}

/**
 * Finds the writer of a stratum process slot and recovers its chain, or begins a new chain when there is none that
 * can be continued: miners do not wait for somebody to mend a disk. What is damaged is set aside for the operator.
 *
 * Throws JournalError `wrong-network`.
 */
export async function openSlot(
  options: { readonly slot: number; readonly network: Network },
  modules: OpenSlotModules,
): Promise<OpenedSlot> {
  const { directory, randomSuffix } = modules
  const writers = await directory.listWritersOfSlot(options.slot)
  const incarnations = await Promise.all(writers.map((writerId) => directory.readIncarnation(writerId)))
  for (const writerId of writers) {
    const head = await recoverUsable({ writerId, network: options.network }, modules)
    if (head !== undefined) return start(writerId, head, incarnations, modules)
  }
  const writerId = await directory.createWriter(options.slot, randomSuffix())
  const head = await recoverChain({ writerId, network: options.network }, modules)
  return start(writerId, head, incarnations, modules)
}

async function recoverUsable(
  owner: { readonly writerId: string; readonly network: Network },
  modules: OpenSlotModules,
): Promise<ChainHead | undefined> {
  const { directory, log, nowMs } = modules
  if ((await directory.listAside(owner.writerId)).length > 0) return undefined
  try {
    return await recoverChain(owner, modules)
  } catch (error) {
    if (!(error instanceof JournalError) || error.code !== 'corrupt-chain') throw error
    const path = await directory.setAside(error.place, {
      code: error.code,
      message: error.message,
      atMs: nowMs(),
    })
    log.error({ err: error, path }, 'journal: a damaged segment was set aside; the slot begins a new chain')
    return undefined
  }
}

async function start(
  writerId: string,
  head: ChainHead,
  incarnations: readonly number[],
  { directory }: OpenSlotModules,
): Promise<OpenedSlot> {
  const incarnation = Math.max(head.incarnation, ...incarnations) + 1
  await directory.writeIncarnation(writerId, incarnation)
  return { writerId, head, incarnation }
}
