import type { Network } from '@headframe/core/chain/network'
import type { SigningKey } from '@headframe/core/signature'
import type { Database } from '@headframe/db/database'
import { insertBlockDocument } from '@headframe/db/public-log/insert-block-document'
import { insertFppsDocument } from '@headframe/db/public-log/fpps-document'
import { listUnstatedBlocks, type UnstatedBlock } from '@headframe/db/public-log/list-unstated-blocks'
import { listUnstatedPayouts } from '@headframe/db/public-log/list-unstated-payouts'
import { listStretchCredits, listUnstatedStretches } from '@headframe/db/public-log/list-unstated-stretches'
import { insertPayoutDocument } from '@headframe/db/public-log/payout-document'
import { z } from 'zod'
import { RpcError, type RpcClient } from '../bitcoind/rpc-client.js'
import type { Log } from '../log.js'
import { OtherLogKey, sealEpoch } from '../publish/seal-epoch.js'
import { stateBlock } from '../publish/state-block.js'
import { stateFpps } from '../publish/state-fpps.js'
import { statePayout } from '../publish/state-payout.js'
import { OFTEN, type Task } from './task.js'

export interface PublishOptions {
  readonly network: Network
  readonly key: SigningKey
  readonly epochMs: number
}

export interface PublishModules {
  readonly db: Database
  readonly rpc: Pick<RpcClient, 'call'>
  readonly log: Log
  readonly nowMs: () => number
}

/** Blocks that one run states. */
const MAX_BLOCKS_PER_RUN = 100
const MAX_PAYOUTS_PER_RUN = 100
const MAX_STRETCHES_PER_RUN = 100
/** Blocks on top of a payout that is published: no reorganisation that the books follow takes it back. */
const PAYOUT_DEPTH = 100

/** Publishes what anybody may check: an audit document for each settled block, FPPS credits, and the shares by epoch. */
export function publishLogTask(options: PublishOptions, modules: PublishModules): Task {
  const publisher = new Publisher(options, modules)
  return {
    name: 'publish-log',
    schedule: { everyMs: 5_000 },
    schema: z.object({}),
    policy: OFTEN,
    handler: () => publisher.run(),
  }
}

class Publisher {
  readonly #options: PublishOptions
  readonly #modules: PublishModules
  /** What an alarm was raised for, so that it is raised once. */
  readonly #alarmed = new Set<string>()

  constructor(options: PublishOptions, modules: PublishModules) {
    this.#options = options
    this.#modules = modules
  }

  async run(): Promise<void> {
    for (const block of await listUnstatedBlocks(this.#modules.db.pool, MAX_BLOCKS_PER_RUN)) {
      await this.#state(block)
    }
    await this.#stateFpps()
    await this.#statePayouts()
    while (await this.#seal());
  }

  /** A block that its node does not know any more must not hold up the others. */
  async #state(block: UnstatedBlock): Promise<void> {
    const { db, nowMs } = this.#modules
    try {
      const document = await stateBlock(this.#options, this.#modules, block)
      await insertBlockDocument(db.pool, block.hash, document, nowMs())
    } catch (error) {
      if (!(error instanceof RpcError)) throw error
      this.#alarm(block.hash, { hash: block.hash, reason: error.message }, 'a block has no audit document')
    }
  }

  async #stateFpps(): Promise<void> {
    const { db, nowMs } = this.#modules
    for (const stretch of await listUnstatedStretches(db.pool, MAX_STRETCHES_PER_RUN)) {
      const credits = await listStretchCredits(db.pool, stretch.endPosition)
      await insertFppsDocument(db.pool, stateFpps(this.#options, stretch, credits), nowMs())
    }
  }

  async #statePayouts(): Promise<void> {
    const { db, nowMs } = this.#modules
    for (const payout of await listUnstatedPayouts(db.pool, PAYOUT_DEPTH, MAX_PAYOUTS_PER_RUN)) {
      await insertPayoutDocument(db.pool, payout.batchId, statePayout(this.#options, payout), nowMs())
    }
  }

  async #seal(): Promise<boolean> {
    const { log } = this.#modules
    try {
      const epoch = await sealEpoch(this.#options, this.#modules)
      if (epoch !== undefined) log.info({ epoch }, 'an epoch of the public log is sealed')
      return epoch !== undefined
    } catch (error) {
      if (!(error instanceof OtherLogKey)) throw error
      this.#alarm('key', { reason: error.message }, 'nothing is published')
      return false
    }
  }

  #alarm(subject: string, fields: object, message: string): void {
    if (this.#alarmed.has(subject)) return
    this.#alarmed.add(subject)
    this.#modules.log.fatal(fields, message)
  }
}
