import { targetOfDifficulty, targetToBytes } from '@headframe/core/chain/target'

/** What a notify promises to the session it goes to: fixed when it leaves, whatever comes after. */
export interface Grant {
  readonly difficulty: number
  /** 32 bytes, little-endian. */
  readonly shareTarget: Uint8Array
  /** Bits that may be rolled (BIP 310). */
  readonly versionMask: number
  /** The largest coinbase that the client took, without witness: by it the job's variant is told. */
  readonly maxCoinbaseBytes: number
}

/** Grants in use at a time are a few hundred: vardiff rounds. When the memo is full it starts again from nothing. */
const MAX_GRANTS = 4_096

/** One object for each grant that is equal, so that 20,000 sessions at some hundred difficulties share them. */
export class GrantMemo {
  readonly #grants = new Map<string, Grant>()

  of(difficulty: number, versionMask: number, maxCoinbaseBytes: number): Grant {
    const key = `${difficulty}/${versionMask}/${maxCoinbaseBytes}`
    let grant = this.#grants.get(key)
    if (grant === undefined) {
      if (this.#grants.size >= MAX_GRANTS) this.#grants.clear()
      const shareTarget = targetToBytes(targetOfDifficulty(difficulty))
      grant = { difficulty, shareTarget, versionMask, maxCoinbaseBytes }
      this.#grants.set(key, grant)
    }
    return grant
  }
}
