import { KnownWorkers, MAX_KNOWN_WORKERS } from '../miner/known-workers.js'
import { KnownBests } from './known-bests.js'

/**
 * What a shipper remembers of what is committed, so that it need not be asked of the database with every segment.
 * Forget it whenever the database may be another than it was.
 */
export class Remembered {
  readonly workers: KnownWorkers
  readonly bests: KnownBests

  constructor(maxWorkers = MAX_KNOWN_WORKERS) {
    this.workers = new KnownWorkers(maxWorkers)
    this.bests = new KnownBests(maxWorkers)
  }

  forget(): void {
    this.workers.forget()
    this.bests.forget()
  }
}
