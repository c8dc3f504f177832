import type { BlockStatement } from '@headframe/core/published/block-statement'
import type { LogIndex } from '@headframe/core/published/log-index'
import type { FppsFound } from './fpps-pass.js'
import { EpochReader, readIndex } from './epoch-reader.js'
import { FaultList, type Fault } from './fault.js'
import type { BlockVerdict } from './judge-block.js'
import type { LogSource } from './log-source.js'
import { SharePass } from './share-pass.js'

export interface VerifyOptions {
  /** Of which the documents must be signed; that of the index when it is left out. */
  readonly key?: string | undefined
  /** The epoch to begin with; 1 when it is left out. */
  readonly fromEpoch?: number | undefined
  /** Told now and then how far it is. */
  readonly onProgress?: (epoch: number, lastEpoch: number, shares: number) => void
  /** Told of each block as soon as it is judged. */
  readonly onBlock?: (verdict: BlockVerdict) => void
}

export interface Verification {
  readonly index: LogIndex
  readonly key: string
  readonly epochs: number
  readonly segments: number
  /** Segments of which only hashes are published. */
  readonly prunedSegments: number
  readonly shares: number
  readonly blocks: readonly BlockVerdict[]
  /** Payouts, and what they have sent to miners. */
  readonly payouts: number
  readonly sentSats: bigint
  readonly fpps: FppsFound
  readonly faultCount: number
  /** The first of them. */
  readonly faults: readonly Fault[]
}

/**
 * Checks a whole public log: every epoch, segment, share and block. It reads the documents once to know which windows
 * there are, and then the shares, in their order and never more than a segment at a time.
 *
 * Throws SourceError when the log cannot be read.
 */
export async function verifyLog(source: LogSource, options: VerifyOptions = {}): Promise<Verification> {
  const index = await readIndex(source)
  const faults = new FaultList()
  const key = options.key ?? index.key
  if (index.key !== key) faults.add('signature', 'index', `the log is signed by ${index.key}, not by ${key}`)
  const fromEpoch = options.fromEpoch ?? 1
  const survey = await surveyEpochs(source, index, key, fromEpoch, faults)
  const pass = new SharePass({ ...survey, index, key, fromEpoch, onBlock: options.onBlock }, source, faults)
  // The same documents again: what was wrong with them is known.
  const reader = new EpochReader(source, index, key, new FaultList())
  for (const [at, hash] of survey.hashes.entries()) {
    const checked = await reader.read(fromEpoch + at)
    if (checked?.hash !== hash) {
      faults.add('document', `epoch ${fromEpoch + at}`, 'its document changed while it was read')
      break
    }
    await pass.readEpoch(checked)
    options.onProgress?.(fromEpoch + at, index.lastEpoch, pass.shares)
  }
  const fpps = pass.finish()
  return {
    index,
    key,
    epochs: survey.hashes.length,
    segments: pass.segments,
    prunedSegments: pass.prunedSegments,
    shares: pass.shares,
    blocks: pass.blocks,
    payouts: pass.payouts.count,
    sentSats: pass.payouts.sentSats,
    fpps,
    faultCount: faults.count,
    faults: faults.kept,
  }
}

interface Survey {
  /** Of the epochs that could be read, up to the first that could not. */
  readonly hashes: readonly string[]
  readonly statements: readonly BlockStatement[]
  /** Where stretches of FPPS credits end. */
  readonly fppsEnds: readonly number[]
  readonly firstPosition: number
}

async function surveyEpochs(
  source: LogSource,
  index: LogIndex,
  key: string,
  fromEpoch: number,
  faults: FaultList,
): Promise<Survey> {
  const reader = new EpochReader(source, index, key, faults)
  const hashes: string[] = []
  const statements = new Map<string, BlockStatement>()
  const fppsEnds: number[] = []
  let firstPosition = 1
  for (let number = fromEpoch; number <= index.lastEpoch; number++) {
    const checked = await reader.read(number)
    if (checked === undefined) break
    if (number === fromEpoch) firstPosition = checked.epoch.firstPosition
    hashes.push(checked.hash)
    fppsEnds.push(...checked.epoch.fpps.map(({ endPosition }) => endPosition))
    for (const statement of checked.statements) {
      if (statements.has(statement.hash)) {
        faults.add('document', `epoch ${number}`, `block ${statement.hash} was stated before`)
      }
      statements.set(statement.hash, statement)
    }
  }
  return { hashes, statements: [...statements.values()], fppsEnds, firstPosition }
}
