import type { Node } from './open-nodes.js'
import type { RpcClient } from './rpc-client.js'

/** For a question that every node answers alike if it answers at all: asks the next where one does not. */
export class AnyNode implements Pick<RpcClient, 'call'> {
  readonly #nodes: readonly Node[]

  constructor(nodes: readonly Node[]) {
    this.#nodes = nodes
  }

  /** Throws what the first node that did not answer has said, when none does. */
  async call<T>(method: string, params: readonly unknown[] = []): Promise<T> {
    let first: unknown
    for (const { rpc } of this.#nodes) {
      try {
        return await rpc.call<T>(method, params)
      } catch (error) {
        first ??= error
      }
    }
    throw first
  }
}
