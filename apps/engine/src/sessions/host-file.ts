import * as nodeFiles from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { isMissing } from '../is-missing.js'
import { writeSynced } from '../journal/journal-files.js'
import type { Log } from '../log.js'
import { PREFIX_COUNT } from './extranonce1.js'

const HOST = z.object({
  /** Under which the prefixes of this data folder are leased. */
  hostId: z.string().min(1),
  /** By slot; null where there was none. */
  leases: z.array(
    z
      .object({
        prefix: z
          .number()
          .int()
          .min(0)
          .max(PREFIX_COUNT - 1),
        /** By this host's clock. */
        expiresAtMs: z.number(),
      })
      .nullable(),
  ),
})

export type Host = z.output<typeof HOST>

/** `DATA/host.json`: who this host is to the registry of prefixes, and what was leased last. */
export class HostFile {
  readonly #path: string

  constructor(dataDir: string) {
    this.#path = join(dataDir, 'host.json')
  }

  /** Undefined when there is none that can be used: the host is then a new one. */
  async read(log: Log): Promise<Host | undefined> {
    try {
      return HOST.parse(JSON.parse(await nodeFiles.readFile(this.#path, 'utf8')))
    } catch (error) {
      if (!isMissing(error)) log.error({ err: error, path: this.#path }, 'unreadable; this host is a new one')
      return undefined
    }
  }

  async write(host: Host): Promise<void> {
    await writeSynced(nodeFiles, this.#path, `${JSON.stringify(host, null, 2)}\n`)
  }
}
