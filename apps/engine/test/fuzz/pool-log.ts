import { Writable } from 'node:stream'
import { pino } from 'pino'
import type { Log } from '../../src/log.js'

interface LogLine {
  readonly level: number
  readonly msg: string
  readonly remoteAddress?: string
  readonly reason?: string
}

const ERROR_LEVEL = 50

/** What a pool writes down of its connections. */
export class PoolLog {
  readonly #lines: LogLine[] = []
  readonly log: Log = pino(
    { level: 'debug' },
    new Writable({
      write: (line, _encoding, done) => {
        this.#lines.push(JSON.parse(String(line)) as LogLine)
        done()
      },
    }),
  )

  /** Of what only a defect brings about. */
  get errors(): readonly string[] {
    return this.#lines.filter(({ level }) => level >= ERROR_LEVEL).map(({ msg }) => msg)
  }

  /** Why connections from an address were closed or refused, in order. */
  reasonsOf(remoteAddress: string): readonly string[] {
    return this.#lines.flatMap((line) =>
      line.reason !== undefined && line.remoteAddress === remoteAddress ? [line.reason] : [],
    )
  }
}
