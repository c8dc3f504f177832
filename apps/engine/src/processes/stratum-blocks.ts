import type { BitcoinNode } from '@headframe/core/node/bitcoin-nodes'
import { BlockLine } from '../block/block-line.js'
import { CandidateFiles } from '../block/candidate-file.js'
import type { CandidateRecords } from '../block/candidate-records.js'
import type { FoundBlock } from '../block/found-block.js'
import { KeepBlock } from '../block/keep-block.js'
import { BlockSender } from '../block/send-block.js'
import { BlockSubmitter } from '../block/submit-block.js'
import type { OnSubmitStep } from '../block/submit-step.js'
import type { JobTransactions } from '../jobs/job-transactions.js'
import type { Log } from '../log.js'
import type { ToPrimary } from './messages.js'

export interface StratumBlocksModules {
  readonly records: CandidateRecords
  readonly transactions: JobTransactions
  readonly log: Log
  readonly nowMs: () => number
  readonly monotonicMs: () => number
  readonly tell: (message: ToPrimary) => void
  readonly onStep?: OnSubmitStep
}

/** What a stratum process has to bring its blocks to the nodes. */
export class StratumBlocks {
  readonly #lines: readonly BlockLine[]
  readonly #sender: BlockSender
  readonly #submitter: BlockSubmitter
  readonly #modules: StratumBlocksModules

  constructor(
    { dataDir, nodes }: { readonly dataDir: string; readonly nodes: readonly BitcoinNode[] },
    modules: StratumBlocksModules,
  ) {
    const { tell } = modules
    const files = new CandidateFiles(dataDir)
    this.#modules = modules
    this.#lines = nodes.map((node) => new BlockLine(node))
    this.#sender = new BlockSender({
      ...modules,
      lines: this.#lines,
      files,
      onSent: (node, afterMs) => tell({ type: 'block-sent', node, afterMs }),
      onAnswer: ({ hash }, answer) => tell({ type: 'block-answered', hash, answer }),
    })
    const keeper = new KeepBlock({ ...modules, files })
    this.#submitter = new BlockSubmitter({ ...modules, keeper, sender: this.#sender })
  }

  submit(found: FoundBlock): void {
    this.#submitter.submit(found)
    const { hash, height, address } = found.candidate
    this.#modules.log.info({ hash, height, address }, 'block found')
    this.#modules.tell({ type: 'block-found', hash, height })
  }

  /** Sends again what a process of this writer has left unanswered. */
  async resume(writerId: string): Promise<void> {
    await this.#sender.resume((candidate) => candidate.writerId === writerId)
  }

  async close(): Promise<void> {
    await this.#submitter.close()
    for (const line of this.#lines) line.close()
    await this.#modules.records.close()
  }
}
