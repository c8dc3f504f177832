import { bytesToHex } from '@headframe/core/bytes'
import type { TransactionOutput } from '@headframe/core/chain/transaction'

interface Output {
  readonly valueSats: bigint
  /** Hex. */
  readonly script: string
}

/** Outputs of a coinbase, of which each is counted once. */
export class Outputs {
  #left: readonly Output[]

  constructor(outputs: readonly TransactionOutput[]) {
    this.#left = outputs.map(({ valueSats, script }) => ({ valueSats, script: bytesToHex(script) }))
  }

  /** What they pay to these scripts. */
  take(scripts: readonly string[]): bigint {
    const taken = this.#left.filter(({ script }) => scripts.includes(script))
    this.#left = this.#left.filter((output) => !taken.includes(output))
    return sumOf(taken)
  }

  /** What the others pay. */
  takeRest(): bigint {
    const rest = this.#left
    this.#left = []
    return sumOf(rest)
  }
}

function sumOf(outputs: readonly Output[]): bigint {
  return outputs.reduce((sum, { valueSats }) => sum + valueSats, 0n)
}
