import { createHmac } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

const STEP_MS = 30_000
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** An authenticator app: RFC 6238, read a second time. The pool takes each code once, so it gives no step twice. */
export class OneTimeCodes {
  readonly #key: Buffer
  #lastStep = 0

  /** `secret` is in base32, as the page shows it. */
  constructor(secret: string) {
    const bits = secret.replace(/./g, (letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0'))
    this.#key = Buffer.from(bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)))
  }

  /**
   * Of this step or a later one, so that it is taken for half a minute at least, however slowly it is typed. That of the
   * step after is taken already: two are there at once, and the third takes up to half a minute.
   */
  async next(): Promise<string> {
    const step = Math.max(this.#lastStep + 1, stepAt(Date.now()))
    this.#lastStep = step
    await sleep(Math.max(0, (step - 1) * STEP_MS - Date.now()))
    return this.#codeOf(step)
  }

  #codeOf(step: number): string {
    const counter = Buffer.alloc(8)
    counter.writeBigUInt64BE(BigInt(step))
    const digest = createHmac('sha1', this.#key).update(counter).digest()
    const number = digest.readUInt32BE(digest.at(-1)! & 15) & 0x7fffffff
    return String(number % 1_000_000).padStart(6, '0')
  }
}

const stepAt = (ms: number): number => Math.floor(ms / STEP_MS)
