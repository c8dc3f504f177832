import { JobSlots, type ShareJob } from './job-slots.js'
import {
  EXTRANONCES_AT,
  EXTRANONCES_MAX_SIZE,
  HASH_AT,
  HASH_SIZE,
  HEADER_AT,
  HEADER_SIZE,
  type Machine,
  MESSAGE_AT,
  MESSAGE_MAX_SIZE,
} from './machine.js'

const VERSION_AT = HEADER_AT
const NTIME_AT = HEADER_AT + 68
const NONCE_AT = HEADER_AT + 76

/** SHA-256 by one machine of the addon. Allocates nothing a hash. */
export class NativeSha256 {
  readonly name: Machine['instructions']
  readonly #machine: Machine
  readonly #memory: Uint8Array
  readonly #numbers: DataView
  readonly #header: Uint8Array
  readonly #hash: Uint8Array
  readonly #slots: JobSlots

  constructor(machine: Machine) {
    const { instructions, memory } = machine
    this.name = instructions
    this.#machine = machine
    this.#memory = memory
    this.#numbers = new DataView(memory.buffer)
    this.#header = memory.subarray(HEADER_AT, HEADER_AT + HEADER_SIZE)
    this.#hash = memory.subarray(HASH_AT, HASH_AT + HASH_SIZE)
    this.#slots = new JobSlots(machine)
  }

  /** SHA-256 of `input` to 32 bytes of `output`, which may be part of it. */
  sha256Into(input: Uint8Array, output: Uint8Array, outputOffset = 0): void {
    if (input.length > MESSAGE_MAX_SIZE) this.#machine.sha256Bytes(input)
    else {
      this.#memory.set(input, MESSAGE_AT)
      this.#machine.sha256(input.length)
    }
    output.set(this.#hash, outputOffset)
  }

  /** SHA-256 of the SHA-256 of `input`, likewise. */
  sha256dInto(input: Uint8Array, output: Uint8Array, outputOffset = 0): void {
    if (input.length > MESSAGE_MAX_SIZE) {
      this.#machine.sha256Bytes(input)
      this.#memory.copyWithin(MESSAGE_AT, HASH_AT, HASH_AT + HASH_SIZE)
      this.#machine.sha256(HASH_SIZE)
    } else {
      this.#memory.set(input, MESSAGE_AT)
      this.#machine.sha256d(input.length)
    }
    output.set(this.#hash, outputOffset)
  }

  /**
   * Writes a share's header (80 bytes) and its hash (32), by one call of the machine. Throws RangeError when the
   * extranonces are longer than `EXTRANONCES_MAX_SIZE` together.
   */
  hashShare(
    header: Uint8Array,
    hash: Uint8Array,
    job: ShareJob,
    extranonce1: Uint8Array,
    extranonce2: Uint8Array,
    version: number,
    ntime: number,
    nonce: number,
  ): void {
    const size = extranonce1.length + extranonce2.length
    if (size > EXTRANONCES_MAX_SIZE) throw new RangeError(`extranonces of ${size} bytes together`)
    const slot = this.#slots.slotOf(job, size)
    this.#memory.set(extranonce1, EXTRANONCES_AT)
    this.#memory.set(extranonce2, EXTRANONCES_AT + extranonce1.length)
    this.#numbers.setUint32(VERSION_AT, version, true)
    this.#numbers.setUint32(NTIME_AT, ntime, true)
    this.#numbers.setUint32(NONCE_AT, nonce, true)
    this.#machine.hashShare(slot)
    header.set(this.#header)
    hash.set(this.#hash)
  }
}
