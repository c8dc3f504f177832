import { damageLine } from './damaged-line.js'
import type { MinerMemory } from './miner-memory.js'
import { ELSEWHERE, type Saying } from './saying.js'
import { shareLines, type Submitter } from './share-line.js'
import type { ENDS } from './step.js'
import { WireConnection } from './wire-connection.js'

const MAX_LINE_BYTES = 16_384
/** A pool of tests has another prefix. */
const SESSION_ELSEWHERE = `456${'0'.repeat(21)}`

/** A client that says what it is told to say, connecting again as often as it has to. */
export class WildClient {
  /** All it had, the present one last. */
  readonly connections: WireConnection[] = []
  readonly #submitted: (readonly string[])[] = []
  readonly #connect: () => Promise<WireConnection>
  #outbox = Buffer.alloc(0)

  constructor(connect: () => Promise<WireConnection>) {
    this.#connect = connect
  }

  get memory(): MinerMemory | undefined {
    return this.connections.at(-1)?.memory
  }

  /** Puts a saying behind what has not gone out yet; `others` are the clients beside it. */
  async say(saying: Saying, others: readonly WildClient[]): Promise<void> {
    const { memory } = await this.#connection()
    const bytes = this.#bytesOf(saying, memory, others)
    this.#outbox = Buffer.concat([this.#outbox, bytes])
  }

  /** What was said goes out, without its last `keep` bytes. */
  async send(keep: number): Promise<void> {
    const connection = await this.#connection()
    const until = Math.max(0, this.#outbox.length - keep)
    connection.write(this.#outbox.subarray(0, until))
    this.#outbox = Buffer.from(this.#outbox.subarray(until))
    // Lets the packet leave.
    await new Promise((resolve) => setImmediate(resolve))
  }

  /** Hears all that the pool has to say. */
  async listen(): Promise<boolean> {
    await this.send(0)
    return (await this.#connection()).allAnswered()
  }

  /** Whether the client, if it is at work, has this job. */
  isUpToDate(jobId: string): boolean {
    const present = this.connections.at(-1)
    const held = present?.isClosed === false ? present.memory.job : undefined
    return held === undefined || held.jobId.startsWith(jobId)
  }

  leave(how: (typeof ENDS)[number]): void {
    this.#outbox = Buffer.alloc(0)
    this.connections.at(-1)?.end(how)
  }

  async #connection(): Promise<WireConnection> {
    const present = this.connections.at(-1)
    if (present !== undefined && !present.hasEnded && !present.isClosed) return present
    this.#outbox = Buffer.alloc(0)
    const fresh = await this.#connect()
    this.connections.push(fresh)
    return fresh
  }

  #bytesOf(saying: Saying, memory: MinerMemory, others: readonly WildClient[]): Uint8Array {
    if (saying.kind === 'bytes') return saying.bytes
    if (saying.kind === 'damaged') return damageLine(this.#bytesOf(saying.of, memory, others), saying.done)
    const end = saying.kind === 'line' ? saying.end : '\n'
    const text = this.#textOf(saying, memory, others)
    return text === undefined ? Buffer.alloc(0) : Buffer.from(text + end)
  }

  #textOf(
    saying: Exclude<Saying, { kind: 'bytes' | 'damaged' }>,
    memory: MinerMemory,
    others: readonly WildClient[],
  ): string | undefined {
    if (saying.kind === 'line') return saying.text
    if (saying.kind === 'long') return longLine(saying)
    if (saying.kind === 'share') return shareLines(this.#submitter(memory, others), saying)
    if (saying.kind === 'transactions') {
      const jobId = memory.job?.jobId ?? '0000000000'
      return `{"id":${saying.id},"method":"mining.get_transactions","params":["${jobId}"]}`
    }
    const sessionId = this.#sessionIdOf(saying.client, others)
    return `{"id":${saying.id},"method":"mining.subscribe","params":["resumer/1","${sessionId}"]}`
  }

  #submitter(memory: MinerMemory, others: readonly WildClient[]): Submitter {
    const known = others.map((other) => other.memory).filter((other) => other !== undefined)
    return { memory, submitted: this.#submitted, others: known }
  }

  /** That of this client's connection before, or of another client. */
  #sessionIdOf(client: number, others: readonly WildClient[]): string {
    if (client === ELSEWHERE) return SESSION_ELSEWHERE
    const known = client === 0 ? this : (others[client - 1] ?? this)
    const ids = known.connections.map(({ memory }) => memory.sessionId).filter((id) => id !== undefined)
    return ids.at(-1) ?? ''
  }
}

/** A ping whose line is `over` bytes longer than the longest that is read. */
function longLine({ id, over, filler }: Extract<Saying, { kind: 'long' }>): string {
  const [head, tail] = [`{"id":${id},"method":"mining.ping","params":["`, '"]}']
  const room = MAX_LINE_BYTES + over - head.length - tail.length
  const count = Math.floor(room / filler.length)
  return head + filler.repeat(count) + ' '.repeat(room - count * filler.length) + tail
}
