import type * as nodeFiles from 'node:fs/promises'
import type { LiveJournal, LiveJournalWriter } from '@headframe/core/live/live-system'
import { isMissing } from '../is-missing.js'
import type { JournalDirectory, SegmentPlace } from './journal-directory.js'
import { readSealedAtMs } from './read-sealed-at.js'

export interface JournalLookModules {
  readonly directory: JournalDirectory
  readonly files: Pick<typeof nodeFiles, 'stat' | 'statfs' | 'open'>
  /** What is known of how far a writer's segments have arrived. */
  readonly shipped: (writerId: string) => { readonly nextSeq: bigint | undefined; readonly isHeld: boolean }
  readonly nowMs: () => number
}

/** Files of a writer whose size is asked, the newest; beyond, segments are taken to be as large as those on average. */
const MAX_SIZED = 2_000

/** What lies on the disk, for whoever watches the pool. Reads names and sizes alone. */
export class JournalLook {
  readonly #modules: JournalLookModules

  constructor(modules: JournalLookModules) {
    this.#modules = modules
  }

  /** Throws what the disk throws. */
  async look(): Promise<LiveJournal> {
    const { directory, files, nowMs } = this.#modules
    const writers: LiveJournalWriter[] = []
    for (const writerId of await directory.listWriters()) writers.push(await this.#lookAt(writerId))
    const { bavail, blocks, bsize } = await files.statfs(directory.path)
    return { atMs: nowMs(), freeBytes: bavail * bsize, totalBytes: blocks * bsize, writers }
  }

  async #lookAt(writerId: string): Promise<LiveJournalWriter> {
    const { directory, shipped } = this.#modules
    const sealed = (await directory.listSegments(writerId)).filter(({ state }) => state === 'sealed')
    const setAside = (await directory.listAside(writerId)).length
    const { nextSeq, isHeld } = shipped(writerId)
    const waiting =
      nextSeq === undefined ? undefined : sealed.filter(({ segmentSeq }) => segmentSeq >= nextSeq)
    return {
      ...{ writerId, sealed: sealed.length, sealedBytes: await this.#bytesOf(sealed) },
      unshipped: waiting?.length,
      unshippedBytes: waiting && (await this.#bytesOf(waiting)),
      oldestUnshippedAtMs: waiting && (await this.#sealedAtOf(waiting[0])),
      ...{ setAside, isHeld },
    }
  }

  /** It may arrive meanwhile and be removed; one that cannot be read is set aside soon. */
  async #sealedAtOf(place: SegmentPlace | undefined): Promise<number | undefined> {
    if (place === undefined) return undefined
    return readSealedAtMs(place.path, this.#modules.files).catch(() => undefined)
  }

  async #bytesOf(segments: readonly SegmentPlace[]): Promise<number> {
    const sized = segments.slice(-MAX_SIZED)
    let bytes = 0
    for (const { path } of sized) bytes += await this.#sizeOf(path)
    return sized.length === 0 ? 0 : Math.round((bytes * segments.length) / sized.length)
  }

  /** One may be gone by now: it was old, and has arrived. */
  async #sizeOf(path: string): Promise<number> {
    try {
      return (await this.#modules.files.stat(path)).size
    } catch (error) {
      if (isMissing(error)) return 0
      throw error
    }
  }
}
