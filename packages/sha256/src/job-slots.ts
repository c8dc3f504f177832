import { HASH_SIZE, HEADER_SIZE, JOB_SLOTS, type Machine } from './machine.js'

/** What of a job its shares are made of. Hashes are 32 bytes in internal order; nothing of it ever changes. */
export interface ShareJob {
  readonly prevHash: Uint8Array
  readonly nbits: number
  /** The coinbase before and behind the extranonces. */
  readonly coinbasePrefix: Uint8Array
  readonly coinbaseSuffix: Uint8Array
  readonly merklePath: readonly Uint8Array[]
}

const PREV_HASH_AT = 4
const NBITS_AT = 72

/**
 * Which job is ready in which slot of a machine. A job that is not takes the slot that was taken longest ago, so no
 * more than `JOB_SLOTS` jobs are ever held outside of JavaScript. Nothing here keeps a job alive.
 */
export class JobSlots {
  readonly #machine: Machine
  /** How many jobs had been loaded when this one was: it is ready while its slot still says so. */
  readonly #loads = new WeakMap<ShareJob, number>()
  readonly #loadOfSlot = new Float64Array(JOB_SLOTS).fill(-1)
  readonly #extranonceSizeOfSlot = new Uint32Array(JOB_SLOTS)
  #loadCount = 0

  constructor(machine: Machine) {
    this.#machine = machine
  }

  slotOf(job: ShareJob, extranonceSize: number): number {
    const load = this.#loads.get(job)
    if (load !== undefined) {
      const slot = load % JOB_SLOTS
      if (this.#loadOfSlot[slot] === load && this.#extranonceSizeOfSlot[slot] === extranonceSize) return slot
    }
    return this.#load(job, extranonceSize)
  }

  #load(job: ShareJob, extranonceSize: number): number {
    const load = this.#loadCount++
    const slot = load % JOB_SLOTS
    const { coinbasePrefix, coinbaseSuffix } = job
    const suffixAt = coinbasePrefix.length + extranonceSize
    const coinbase = new Uint8Array(suffixAt + coinbaseSuffix.length)
    coinbase.set(coinbasePrefix)
    coinbase.set(coinbaseSuffix, suffixAt)
    // Until the machine has taken the job, the slot holds none: it may run out of memory.
    this.#loadOfSlot[slot] = -1
    this.#machine.loadJob(
      slot,
      coinbase,
      coinbasePrefix.length,
      extranonceSize,
      joinPath(job),
      fixedHeader(job),
    )
    this.#loads.set(job, load)
    this.#loadOfSlot[slot] = load
    this.#extranonceSizeOfSlot[slot] = extranonceSize
    return slot
  }
}

function joinPath({ merklePath }: ShareJob): Uint8Array {
  const path = new Uint8Array(merklePath.length * HASH_SIZE)
  merklePath.forEach((sibling, index) => path.set(sibling, index * HASH_SIZE))
  return path
}

function fixedHeader({ prevHash, nbits }: ShareJob): Uint8Array {
  const header = new Uint8Array(HEADER_SIZE)
  header.set(prevHash, PREV_HASH_AT)
  new DataView(header.buffer).setUint32(NBITS_AT, nbits, true)
  return header
}
