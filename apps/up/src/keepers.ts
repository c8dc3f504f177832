import { Keeper, type Kept, type KeeperModules, type KeeperOptions } from './keeper.js'

/** Everything that `up` runs, in the order in which it was started. */
export class Keepers {
  readonly #modules: KeeperModules
  readonly #running: Keeper[] = []

  constructor(modules: KeeperModules) {
    this.#modules = modules
  }

  /** Starts something and keeps it running from then on. */
  async add<T extends Kept>(options: KeeperOptions & { readonly start: () => Promise<T> }): Promise<void> {
    this.#running.push(await Keeper.start(options, this.#modules))
  }

  /** Last started, first stopped: nothing loses what it still needs. */
  async stopAll(): Promise<void> {
    for (let keeper = this.#running.pop(); keeper !== undefined; keeper = this.#running.pop())
      await keeper.stop()
  }

  async killAll(): Promise<void> {
    await Promise.all(this.#running.map((keeper) => keeper.kill()))
  }
}
