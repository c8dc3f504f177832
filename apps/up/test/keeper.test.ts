import { expect, test } from 'vitest'
import { Keeper, MAX_RESTARTS, RESTART_WINDOW_MS, type Kept } from '../src/keeper.js'
import { Keepers } from '../src/keepers.js'

/** A program that ends when the test says so, and writes down what is done to it. */
class Program implements Kept {
  readonly exited: Promise<void>
  readonly #journal: string[]
  readonly #name: string
  #end: () => void = () => undefined

  constructor(name: string, journal: string[]) {
    this.#name = name
    this.#journal = journal
    this.exited = new Promise((resolve) => (this.#end = resolve))
    journal.push(`${name} started`)
  }

  die(): void {
    this.#end()
  }

  failure(): Error {
    return new Error(`${this.#name} ended with exit code 1\nits log`)
  }

  stop(): Promise<void> {
    this.#journal.push(`${this.#name} stopped`)
    this.#end()
    return Promise.resolve()
  }

  kill(): Promise<void> {
    this.#journal.push(`${this.#name} killed`)
    this.#end()
    return Promise.resolve()
  }
}

function bench() {
  const journal: string[] = []
  const programs: Program[] = []
  const delaysMs: number[] = []
  const gaveUp: Error[] = []
  const clock = { nowMs: 0 }
  const modules = {
    say: (line: string) => void journal.push(line),
    giveUp: (reason: Error) => void gaveUp.push(reason),
    nowMs: () => clock.nowMs,
    sleep: (ms: number) => {
      delaysMs.push(ms)
      return Promise.resolve()
    },
  }
  const start = () => {
    const program = new Program('it', journal)
    programs.push(program)
    return Promise.resolve(program)
  }
  return { journal, programs, delaysMs, gaveUp, clock, modules, start }
}

const settle = () => new Promise((resolve) => setImmediate(resolve))

test('a program that dies is started again, and a person is told in one line', async () => {
  const { journal, programs, modules, start } = bench()
  const keeper = await Keeper.start({ name: 'The program', start }, modules)
  programs[0]!.die()
  await settle()
  await keeper.stop()
  expect(journal).toEqual([
    'it started',
    'it ended with exit code 1; starting it again',
    'it started',
    'The program runs again',
    'it stopped',
  ])
})

test('each start within the window waits longer, and after the last there is none', async () => {
  const { programs, delaysMs, gaveUp, modules, start } = bench()
  await Keeper.start({ name: 'it', start }, modules)
  for (let deaths = 0; deaths <= MAX_RESTARTS; deaths++) {
    programs.at(-1)!.die()
    await settle()
  }
  expect(delaysMs).toEqual([500, 1000, 2000, 4000, 8000])
  expect(programs).toHaveLength(1 + MAX_RESTARTS)
  expect(gaveUp.map(({ message }) => message)).toEqual(['it ended with exit code 1\nits log'])
})

test('deaths that are long past do not count', async () => {
  const { programs, delaysMs, gaveUp, clock, modules, start } = bench()
  const keeper = await Keeper.start({ name: 'it', start }, modules)
  for (let deaths = 0; deaths < 3 * MAX_RESTARTS; deaths++) {
    clock.nowMs += RESTART_WINDOW_MS + 1
    programs.at(-1)!.die()
    await settle()
  }
  await keeper.stop()
  expect(gaveUp).toEqual([])
  expect(new Set(delaysMs)).toEqual(new Set([500]))
})

test('a start that fails counts like a death', async () => {
  const { journal, programs, gaveUp, modules, start } = bench()
  let starts = 0
  const once = () => (starts++ === 0 ? start() : Promise.reject(new Error('port 1 is in use')))
  await Keeper.start({ name: 'it', start: once }, modules)
  programs[0]!.die()
  await settle()
  expect(starts).toBe(1 + MAX_RESTARTS)
  expect(gaveUp.map(({ message }) => message)).toEqual(['port 1 is in use'])
  expect(journal.at(-1)).toBe('port 1 is in use; starting it again')
})

test('a program that was stopped is not started again, even if it was just being', async () => {
  const { journal, programs, modules, start } = bench()
  let release: () => void = () => undefined
  const slowly = async () => {
    if (programs.length > 0) await new Promise<void>((resolve) => (release = resolve))
    return start()
  }
  const keeper = await Keeper.start({ name: 'it', start: slowly }, modules)
  programs[0]!.die()
  await settle()
  const stopped = keeper.stop()
  release()
  await stopped
  expect(programs).toHaveLength(2)
  expect(journal.slice(-2)).toEqual(['it started', 'it stopped'])
})

test('the first start’s failure is the caller’s', async () => {
  const { modules } = bench()
  const start = () => Promise.reject(new Error('no space left'))
  await expect(Keeper.start({ name: 'it', start }, modules)).rejects.toThrow('no space left')
})

test('what was started last is stopped first', async () => {
  const { journal, modules } = bench()
  const keepers = new Keepers(modules)
  for (const name of ['database', 'pool', 'miner']) {
    await keepers.add({ name, start: () => Promise.resolve(new Program(name, journal)) })
  }
  journal.length = 0
  await keepers.stopAll()
  await keepers.stopAll()
  expect(journal).toEqual(['miner stopped', 'pool stopped', 'database stopped'])
})

test('killing everything also ends the attempts to start again', async () => {
  const { journal, programs, modules, start } = bench()
  const keepers = new Keepers(modules)
  await keepers.add({ name: 'it', start })
  await keepers.killAll()
  await settle()
  expect(journal).toEqual(['it started', 'it killed'])
  expect(programs).toHaveLength(1)
})
