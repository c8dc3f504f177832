import { ADDRESS } from '../stratum/client-behaviour.js'
import { mine } from '../stratum/held-job.js'
import type { WireMessage } from '../stratum/wire-laws.js'
import { WireConnection } from './wire-connection.js'
import { answersOf } from './wire-record.js'

/** Requests before its first share. */
const GREETINGS = 2

/** A miner that does nothing wrong, on the same process as those that do. */
export class Witness {
  readonly connection: WireConnection
  #submitted = 0
  #nonce = 0
  #jobId = ''

  /** Its port must give difficulties that a test can mine. `from`: its address, where the port has `proxy`. */
  static async connect(port: number, from?: string): Promise<Witness> {
    const connect = from === undefined ? WireConnection.connect(port) : WireConnection.connectFrom(from, port)
    const witness = new Witness(await connect)
    witness.#say('subscribe', 'mining.subscribe', ['witness/1'])
    witness.#say('authorize', 'mining.authorize', [`${ADDRESS}.witness`, 'd=1e-9'])
    await witness.connection.until(() => witness.connection.memory.job !== undefined)
    return witness
  }

  private constructor(connection: WireConnection) {
    this.connection = connection
  }

  /** Sends a share of the newest job, and does not wait for its answer. */
  submit(): void {
    const { job } = this.connection.memory
    if (job === undefined) return
    if (job.jobId !== this.#jobId) this.#nonce = 0
    this.#jobId = job.jobId
    const extranonce2 = '00'.repeat(8)
    const nonce = mine(job, { extranonce2, versionBits: 0, from: this.#nonce })
    this.#nonce = nonce + 1
    const params = [`${ADDRESS}.witness`, job.jobId, extranonce2, job.ntime, nonce.toString(16)]
    this.#say(this.#submitted++, 'mining.submit', params)
  }

  /** Until all its shares are answered and it has the job of this id. False when that does not come to be. */
  async settle(jobId: string): Promise<boolean> {
    const hasJob = (): boolean => this.connection.memory.job?.jobId.startsWith(jobId) === true
    return (await this.connection.until(hasJob)) && (await this.connection.allAnswered())
  }

  /** Shares that were answered. */
  get answeredCount(): number {
    return Math.max(0, this.connection.answerCount - GREETINGS)
  }

  /** Submits as fast as it is answered, until `isOver`. */
  async mineUntil(isOver: () => boolean): Promise<void> {
    while (!isOver() && !this.connection.isClosed) {
      this.submit()
      await this.connection.until(() => this.answeredCount === this.#submitted)
    }
  }

  /** Why its shares were refused: nothing is wrong with them. */
  refusals(): string[] {
    return this.#verdicts().flatMap(({ result, error }) => (result === true ? [] : [String(error?.[1])]))
  }

  /** What it has lost; to be asked when all is answered. */
  losses(): string[] {
    const { connection } = this
    const answers = this.#verdicts()
    return [
      ...(connection.isClosed ? ['the witness was closed'] : []),
      ...(answers.length < this.#submitted
        ? [`${this.#submitted - answers.length} shares without an answer`]
        : []),
      ...this.refusals().map((reason) => `a good share was refused: ${reason}`),
    ]
  }

  /** Of its shares, whose ids alone are numbers. */
  #verdicts(): readonly WireMessage[] {
    return answersOf(this.connection).filter(({ id }) => typeof id === 'number')
  }

  #say(id: unknown, method: string, params: readonly unknown[]): void {
    this.connection.write(Buffer.from(`${JSON.stringify({ id, method, params })}\n`))
  }
}
