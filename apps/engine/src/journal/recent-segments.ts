import { isMissing } from '../is-missing.js'
import type { JournalDirectory, SegmentPlace } from './journal-directory.js'
import type { JournalFiles } from './journal-files.js'

export interface RecentSegment {
  readonly place: SegmentPlace
  /** Of an open segment, as far as it is written; of one that was set aside, maybe damaged. */
  readonly bytes: Uint8Array
}

/**
 * The segments of every writer, those of one from the newest to the oldest, and those that were set aside first of
 * all. `isEnough` is asked behind each of the chain's own; once it says yes, that writer's older ones are left out.
 */
export async function* recentSegments(
  directory: JournalDirectory,
  files: Pick<JournalFiles, 'readFile'>,
  isEnough: () => boolean,
): AsyncGenerator<RecentSegment> {
  for (const writerId of await directory.listWriters()) {
    for (const place of await directory.listAside(writerId)) {
      const segment = await read(place, files)
      if (segment !== undefined) yield segment
    }
    for (const place of (await directory.listSegments(writerId)).reverse()) {
      const segment = (await read(place, files)) ?? (await readSealed(directory, place, files))
      if (segment === undefined) continue
      yield segment
      if (isEnough()) break
    }
  }
}

/** Another process may have sealed its segment since the folder was read. */
async function readSealed(
  directory: JournalDirectory,
  { writerId, segmentSeq, state }: SegmentPlace,
  files: Pick<JournalFiles, 'readFile'>,
): Promise<RecentSegment | undefined> {
  return state === 'open' ? read(directory.placeOf(writerId, segmentSeq, 'sealed'), files) : undefined
}

/** Undefined when it is gone: mended, or removed because it is old. */
async function read(
  place: SegmentPlace,
  files: Pick<JournalFiles, 'readFile'>,
): Promise<RecentSegment | undefined> {
  try {
    return { place, bytes: await files.readFile(place.path) }
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}
