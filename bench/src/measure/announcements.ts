import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

/**
 * When a node announces its blocks, heard by a thread of its own: whoever measures is busy with other things at that
 * very moment, and would take the announcement for later than it was.
 */
export class Announcements {
  readonly #worker: Worker

  static async open(zmqHashblockUrl: string): Promise<Announcements> {
    const worker = new Worker(new URL('./hear-blocks.js', import.meta.url), {
      workerData: { zmqHashblockUrl },
    })
    await once(worker, 'message')
    // A benchmark that fails leaves it open.
    worker.unref()
    return new Announcements(worker)
  }

  private constructor(worker: Worker) {
    this.#worker = worker
  }

  /** Of the next block, on `monotonicMs`. To be asked before the block is made. */
  async next(): Promise<number> {
    const [atMs] = (await once(this.#worker, 'message')) as [number]
    return atMs
  }

  async close(): Promise<void> {
    const ended = once(this.#worker, 'exit')
    // It closes its socket itself: a thread that is cut off while it waits takes the process with it.
    this.#worker.postMessage('close')
    await ended
  }
}
