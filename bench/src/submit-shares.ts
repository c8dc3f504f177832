import { bytesToHex } from '@headframe/core/bytes'
import { formatHexU32 } from '@headframe/core/stratum/hex'
import type { PoolJob } from '@headframe/miner/pool-job'
import { solve } from '@headframe/miner/solve'
import { StratumClient } from '@headframe/miner/stratum-client'
import { cpuTimeMs } from './cpu-time.js'
import { nobodysAddress, openServePool } from './serve-pool.js'
import type { Row } from './report.js'

const CLIENTS = 20
const SHARES_PER_CLIENT = 4_000
/** Submits a client has on the way at most. */
const WINDOW = 100

/** Shares found beforehand, sent as fast as they are answered: sockets, JSON, hashes, group commits. */
export async function benchSubmitShares(): Promise<Row[]> {
  const pool = await openServePool({ chain: 'testnet4', port: 'fixed=1e-9' })
  try {
    const submitters = await Promise.all(
      Array.from({ length: CLIENTS }, (_, number) =>
        Submitter.open(pool.stratumPort, `${nobodysAddress('testnet4')}.rig${number}`),
      ),
    )
    const stratumPid = pool.stratumPid()
    const cpuBeforeMs = cpuTimeMs(stratumPid)
    const startedAtMs = performance.now()
    await Promise.all(submitters.map((submitter) => submitter.run()))
    const seconds = (performance.now() - startedAtMs) / 1000
    const cpuMs = cpuTimeMs(stratumPid) - cpuBeforeMs
    await Promise.all(submitters.map((submitter) => submitter.close()))
    const shares = CLIENTS * SHARES_PER_CLIENT
    return [
      {
        what: `shares acknowledged, ${CLIENTS} sockets, one stratum process`,
        unit: 'shares/s',
        median: shares / seconds,
      },
      { what: 'CPU of the stratum process a share', unit: 'us', median: (cpuMs * 1000) / shares },
    ]
  } finally {
    await pool.close()
  }
}

/** A client with its shares at hand. */
class Submitter {
  #client!: StratumClient
  #lines: string[] = []
  #sent = 0
  #answered = 0
  #finish: (error?: Error) => void = () => undefined

  static async open(port: number, username: string): Promise<Submitter> {
    const submitter = new Submitter()
    submitter.#client = await StratumClient.connect({
      host: '127.0.0.1',
      port,
      onLine: (direction, line) => {
        if (direction === 'in') submitter.#onLine(line)
      },
    })
    await submitter.#client.subscribe()
    await submitter.#client.authorize(username)
    submitter.#lines = submitLines(await submitter.#client.jobWhere(), username)
    return submitter
  }

  async run(): Promise<void> {
    const finished = new Promise<void>((resolve, reject) => {
      this.#finish = (error) => (error === undefined ? resolve() : reject(error))
    })
    this.#send()
    await finished
  }

  close(): Promise<void> {
    return this.#client.close()
  }

  #send(): void {
    const end = Math.min(this.#lines.length, this.#answered + WINDOW)
    for (; this.#sent < end; this.#sent++) this.#client.send(this.#lines[this.#sent]!)
  }

  #onLine(line: string): void {
    if (this.#sent === 0 || line.includes('"method"')) return
    if (!line.includes('"error":null')) this.#finish(new Error(`a share was refused: ${line}`))
    this.#answered++
    if (this.#answered === this.#lines.length) this.#finish()
    // Half a window at a time, so that submits come in packets of some size.
    else if (this.#sent - this.#answered <= WINDOW / 2) this.#send()
  }
}

/** Ids are negative, so that the client takes none of the answers for its own. */
function submitLines(job: PoolJob, username: string): string[] {
  return Array.from({ length: SHARES_PER_CLIENT }, (_, number) => {
    const { jobId, extranonce2, ntime, nonce } = solve(job, { extranonce2: number })
    const params = [username, jobId, bytesToHex(extranonce2), formatHexU32(ntime), formatHexU32(nonce)]
    return JSON.stringify({ id: -1 - number, method: 'mining.submit', params })
  })
}
