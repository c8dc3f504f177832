import { documentHash, type JsonObject } from '@headframe/core/published/signed-document'
import { EpochReader, readIndex } from './epoch-reader.js'
import { FaultList } from './fault.js'
import type { LogSource } from './log-source.js'
import type { ProofVerdict } from './verify-proof.js'

/** Whether the log lists the statement of a proof. */
export interface Listing {
  /** For a reader. */
  readonly sentence: string
  /** What is wrong with it. */
  readonly problems: readonly string[]
}

/** Looks a proof's statement up in the epoch that it names. `text` is the proof's. */
export async function listProof(
  source: LogSource,
  text: string,
  { proof, key }: ProofVerdict,
): Promise<Listing> {
  if (proof === undefined || key === undefined) return { sentence: '', problems: [] }
  const { epoch } = JSON.parse(text) as { readonly epoch?: unknown }
  if (typeof epoch !== 'number') return { sentence: 'No epoch lists the block yet.', problems: [] }
  const faults = new FaultList()
  const checked = await new EpochReader(source, await readIndex(source), key, faults).read(epoch)
  const problems = faults.kept.map(({ where, what }) => `${where}: ${what}`)
  if (checked === undefined) return { sentence: '', problems }
  const wanted = documentHash(proof.signedStatement)
  const isListed = checked.epoch.blocks.some((block: JsonObject) => documentHash(block) === wanted)
  if (!isListed) problems.push(`epoch ${epoch} does not list this statement`)
  return { sentence: `Epoch ${epoch} of the log lists the block.`, problems }
}
