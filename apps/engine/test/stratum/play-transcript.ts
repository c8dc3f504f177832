import { expect } from 'vitest'
import { jobOn } from '../job-on.js'
import { coinbaseBytesOf, holdJob, mine, type HeldJob, type NotifyParams } from './held-job.js'
import type { OpenPool } from './open-pool.js'
import { RawClient } from './raw-client.js'
import type { Mark, Step, Transcript } from './transcript.js'
import { brokenLaws, countUnanswered, readMessage, type WireMessage } from './wire-laws.js'
import { WireTemplate } from './wire-template.js'

const ADDRESS = 'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080'
/** What is configured for another pool, and ends up here by a defect of the client. */
const OTHER_ADDRESS = 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4'

/** Plays a client against the pool, and throws at the first line that is not as the transcript has it. */
export async function playTranscript(transcript: Transcript, pool: OpenPool): Promise<void> {
  const player = new Player(transcript, pool)
  for (const step of transcript.steps) {
    try {
      await player.play(step)
    } catch (error) {
      throw new Error(`line ${step.lineNumber}: ${(error as Error).message}`, { cause: error })
    }
  }
  await player.close()
}

class Player {
  readonly #transcript: Transcript
  readonly #pool: OpenPool
  readonly #template = new WireTemplate({ address: ADDRESS, otherAddress: OTHER_ADDRESS })
  /** What the client answers by itself: method -> text. */
  readonly #habits = new Map<string, string>()
  readonly #asked = new Set<string>()
  #client: RawClient | undefined
  #difficulty = 0
  #job: HeldJob | undefined
  #tip = 1

  constructor(transcript: Transcript, pool: OpenPool) {
    this.#transcript = transcript
    this.#pool = pool
  }

  async play({ mark, texts }: Step): Promise<void> {
    const text = texts[0]!
    const plays: Readonly<Record<Mark, () => Promise<void> | void>> = {
      '>': () => this.#connection.send(texts.map((line) => this.#template.fill(line))),
      '<': async () => this.#template.match(text, await this.#next()),
      '=': async () =>
        expect(readMessage(await this.#next())).toEqual(readMessage(this.#template.fill(text))),
      '*': async () => this.#template.match(text, await this.#nextAnswer()),
      '?': () => this.#check(text.split(' ')),
      '!': () => this.#act(text.split(' ')),
      '@': () => this.#learn(text),
    }
    await plays[mark]()
  }

  /** Ends the connection, once everything is answered, and holds it to the laws. */
  async close(): Promise<void> {
    const client = this.#connection
    while (countUnanswered(client.log) > 0) await this.#next()
    await client.close()
    expect(brokenLaws(client.log)).toEqual([])
    this.#client = undefined
  }

  get #connection(): RawClient {
    if (this.#client === undefined) throw new Error('the client is not connected')
    return this.#client
  }

  #learn(text: string): void {
    const [method = ''] = text.split(' ', 1)
    this.#habits.set(method, text.slice(method.length + 1))
  }

  /** The next line; undefined when the client has dealt with it by itself. */
  async #read(): Promise<string | undefined> {
    const line = await this.#connection.next()
    const { id, method = '' } = readMessage(line)
    const habit = this.#habits.get(method)
    if (habit === undefined) return line
    this.#asked.add(method)
    this.#template.keep('id', JSON.stringify(id))
    if (habit !== '') this.#connection.send([this.#template.fill(habit)])
    return undefined
  }

  async #next(): Promise<string> {
    for (;;) {
      const line = await this.#read()
      if (line !== undefined) return line
    }
  }

  async #nextAnswer(): Promise<string> {
    for (;;) {
      const line = await this.#next()
      const message = readMessage(line)
      if (message.method === undefined) return line
      this.#take(message)
    }
  }

  /** Takes a push as the client does. */
  #take({ method, params }: WireMessage): void {
    if (method === 'mining.set_difficulty') this.#difficulty = params![0] as number
    if (method !== 'mining.notify') return
    this.#job = holdJob(params as NotifyParams, this.#difficulty, this.#template.read('extranonce1'))
    this.#template.keep('job', this.#job.jobId)
  }

  async #check([what, ...words]: readonly string[]): Promise<void> {
    if (what === 'asked') return this.#untilAsked(words[0]!)
    const message = readMessage(await this.#next())
    if (what === 'error') {
      expectError(message, words)
      return
    }
    expect(message.method).toBe(what === 'job' ? 'mining.notify' : 'mining.set_difficulty')
    this.#take(message)
    if (words[0] === 'clean') expect(this.#job!.cleanJobs).toBe(true)
    else if (words[0] === 'at') expect(this.#difficulty).toBeGreaterThanOrEqual(Number(words[2]))
    else if (what === 'difficulty') expect(this.#difficulty).toBe(Number(words[0]))
  }

  async #untilAsked(method: string): Promise<void> {
    while (!this.#asked.has(method)) {
      const line = await this.#read()
      if (line !== undefined) this.#take(readMessage(line))
    }
  }

  async #act([what, ...words]: readonly string[]): Promise<void> {
    if (what === 'connect') this.#client = await RawClient.connect(this.#pool.port)
    else if (what === 'close') await this.close()
    else if (what === 'new') this.#pool.sendJob(jobOn(words[0] === 'tip' ? ++this.#tip : this.#tip))
    else if (what === 'wait') this.#pool.clock.nowMs += Number(words[0]) * 1000
    else if (what === 'mine') this.#mine(words)
    else throw new Error(`nobody knows how to "${what}"`)
  }

  /** Finds a share of the job that came last; its fields are filled in by its name. */
  #mine([name, ...words]: readonly string[]): void {
    const settings = new Map(words.map((word) => word.split('=', 2) as [string, string]))
    const extranonce2 = settings.get('extranonce2')!
    const versionBits = settings.get('version-bits') ?? '00000000'
    const job = this.#job!
    expect(coinbaseBytesOf(job, extranonce2)).toBeLessThanOrEqual(this.#transcript.maxCoinbaseBytes)
    const nonce = mine(job, { extranonce2, versionBits: Number.parseInt(versionBits, 16), from: 0 })
    const short = nonce.toString(16)
    const fields = { job: job.jobId, ntime: job.ntime, nonce: short.padStart(8, '0'), short }
    for (const [field, value] of Object.entries({ ...fields, extranonce2, versionBits })) {
      this.#template.keep(`${name}.${field}`, value)
    }
  }
}

function expectError({ id, result, error }: WireMessage, words: readonly string[]): void {
  const [wantedId, code, ...text] = words
  expect([id, result, error?.[0]]).toEqual([JSON.parse(wantedId!), null, Number(code)])
  expect(error![1].toLowerCase()).toContain(text.join(' '))
}
