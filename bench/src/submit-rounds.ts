import type { LoadGroup } from './load/load-group.js'
import type { Submitted } from './load/orders.js'
import { cpuTimeMs, userTimeMs } from './measure/cpu-time.js'
import { idleTimeMs } from './measure/idle-time.js'
import type { ServePool } from './serve-pool.js'

export interface SubmitRounds {
  readonly miners: number
  /** Shares of each miner in a round. */
  readonly shares: number
  readonly rounds: number
  /** Unanswered shares of each miner at most. */
  readonly window: number
}

/** What one round has shown. */
export interface Round {
  readonly accepted: number
  readonly tookMs: number
  readonly latenciesMs: Float64Array
  /** Processor time of each stratum process. */
  readonly cpuMs: readonly number[]
  /** Of that, the time outside of system calls. */
  readonly userMs: readonly number[]
  /** Processor time of the load generator. */
  readonly loadCpuMs: number
  /** Processor time nobody wanted, over all cores. */
  readonly idleMs: number
}

/** Shares of each miner that warm the pool up, and are not measured. */
const WARM_UP_SHARES = 10

/** Shares that `submitRounds` takes of each miner. */
export function sharesNeeded({ shares, rounds }: SubmitRounds): number {
  return WARM_UP_SHARES + shares * rounds
}

/** Sends shares that are mined already as fast as they are answered, some rounds of it. Throws when one is refused. */
export async function submitRounds(
  pool: ServePool,
  load: LoadGroup,
  options: SubmitRounds,
): Promise<Round[]> {
  const { miners, shares, rounds, window } = options
  await load.submit(WARM_UP_SHARES, window)
  const done: Round[] = []
  for (let round = 0; round < rounds; round++) {
    const pids = pool.stratumPids()
    const cpuBeforeMs = pids.map(cpuTimeMs)
    const userBeforeMs = pids.map(userTimeMs)
    const idleBeforeMs = idleTimeMs()
    const submitted = await load.submit(shares, window)
    checkAnswers(submitted, miners * shares)
    const { accepted, latenciesMs, cpuMs: loadCpuMs, startedAtMs, endedAtMs } = submitted
    done.push({
      accepted,
      tookMs: endedAtMs - startedAtMs,
      latenciesMs,
      cpuMs: pids.map((pid, index) => cpuTimeMs(pid) - cpuBeforeMs[index]!),
      userMs: pids.map((pid, index) => userTimeMs(pid) - userBeforeMs[index]!),
      loadCpuMs,
      idleMs: idleTimeMs() - idleBeforeMs,
    })
  }
  return done
}

function checkAnswers({ accepted, refused }: Submitted, expected: number): void {
  if (accepted === expected) return
  throw new Error(
    `${accepted} of ${expected} shares were accepted; refused by code: ${JSON.stringify(refused)}`,
  )
}

/** Processor time of all stratum processes for one accepted share, us. */
export function cpuOfShareUs({ cpuMs, accepted }: Round): number {
  return (sum(cpuMs) * 1_000) / accepted
}

/** Of that, the time outside of system calls, us. */
export function userTimeOfShareUs({ userMs, accepted }: Round): number {
  return (sum(userMs) * 1_000) / accepted
}

export function sharesPerSecond({ accepted, tookMs }: Round): number {
  return (accepted * 1_000) / tookMs
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
