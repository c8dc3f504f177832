import { notifyLine, type NotifyTemplate } from '@headframe/core/stratum/notify'

const FIRST_ALIAS = 0

/** One variant of a job as it goes out: serialised once, the same bytes for every session that gets it. */
export class WorkLine {
  readonly template: NotifyTemplate
  /** Of the coinbase without witness: what a miner's firmware has to hold. */
  readonly coinbaseBytes: number
  /** The line of the job's first alias, for where it can leave in one packet with other text. */
  readonly text: string
  #line: Buffer | undefined

  constructor(template: NotifyTemplate, coinbaseBytes: number, cleanJobs: boolean) {
    this.template = template
    this.coinbaseBytes = coinbaseBytes
    this.text = bufferOf(notifyLine(template, FIRST_ALIAS, cleanJobs)).toString('latin1')
  }

  /** The same as bytes, made when many are sent it. */
  get line(): Buffer {
    this.#line ??= Buffer.from(this.text, 'latin1')
    return this.#line
  }
}

/** The same bytes, not a copy. */
function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}
