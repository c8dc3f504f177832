import { fork, type ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import type { DoneMessage, OrderMessage, OrderName, Orders } from './orders.js'

interface Waiting {
  readonly resolve: (gives: unknown) => void
  readonly reject: (problem: Error) => void
}

/** A process that mines does not listen meanwhile. */
const CLOSE_TIMEOUT_MS = 5_000

/** The parent's end of a load process. */
export class LoadGenerator {
  readonly #child: ChildProcess
  readonly #waiting = new Map<number, Waiting>()
  #orderCount = 0

  constructor() {
    this.#child = fork(new URL('load-process.js', import.meta.url), { serialization: 'advanced' })
    this.#child.on('message', (done: DoneMessage) => this.#onDone(done))
    this.#child.on('exit', () => this.#failAll('the load process has ended'))
    this.#child.on('error', (error) => this.#failAll(error.message))
  }

  /** Resolves when the order is carried out. Rejects when it cannot be, or when the process dies. */
  async order<Name extends OrderName>(
    name: Name,
    takes: Orders[Name]['takes'],
  ): Promise<Orders[Name]['gives']> {
    const number = this.#orderCount++
    const done = new Promise<unknown>((resolve, reject) => this.#waiting.set(number, { resolve, reject }))
    this.#child.send({ number, name, takes } satisfies OrderMessage)
    return (await done) as Orders[Name]['gives']
  }

  /** Closes the miners, then ends the process, whatever it is doing. */
  async end(): Promise<void> {
    const closed = this.order('close', undefined).catch(() => undefined)
    await Promise.race([closed, sleep(CLOSE_TIMEOUT_MS, undefined, { ref: false })])
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const exited = new Promise((resolve) => this.#child.once('exit', resolve))
    this.#child.kill('SIGKILL')
    await exited
  }

  #onDone({ number, gives, problem }: DoneMessage): void {
    const waiting = this.#waiting.get(number)
    this.#waiting.delete(number)
    if (problem === undefined) waiting?.resolve(gives)
    else waiting?.reject(new Error(problem))
  }

  #failAll(problem: string): void {
    for (const { reject } of this.#waiting.values()) reject(new Error(problem))
    this.#waiting.clear()
  }
}
