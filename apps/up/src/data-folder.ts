import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { acquireLock, isHeld, type InstanceLock } from '@headframe/local/instance-lock'
import { UpError } from './up-error.js'

/** Addresses of the node's wallet that the demonstration pays to; the same at each start. */
export interface DemoAddresses {
  readonly pool: string
  readonly miners: readonly string[]
  /** For whoever tries the pool out with a miner of his own. */
  readonly guest: string
}

/** What the folder was made for. */
export interface FolderState {
  /** As in getblockchaininfo: main, test, testnet4, signet, regtest. */
  readonly chain: string
  /** Tells apart chains of the same kind, above all regtests; null until there is a first block. */
  readonly firstBlockHash: string | null
  readonly addresses: DemoAddresses | null
}

/** Balances and passwords are nobody else's business. */
const FOLDER_MODE = 0o700
/** Root's database runs as another user, who has to pass through, and can still list nothing. */
const ROOT_FOLDER_MODE = 0o711

/** The one folder in which a pool on this machine keeps everything, held by this process alone. */
export class DataFolder {
  readonly path: string
  readonly #lock: InstanceLock

  /** Makes the folder if need be. Throws UpError when another `up` runs on it. */
  static open(path: string): DataFolder {
    if (!existsSync(path)) mkdirSync(path, { recursive: true })
    chmodSync(path, process.getuid?.() === 0 ? ROOT_FOLDER_MODE : FOLDER_MODE)
    const lock = acquireLock(join(path, 'up.lock'))
    if (isHeld(lock)) {
      throw new UpError(
        `${path} is in use by process ${lock.heldByPid}. Stop that one, or start this one with another --data.`,
      )
    }
    return new DataFolder(path, lock)
  }

  private constructor(path: string, lock: InstanceLock) {
    this.path = path
    this.#lock = lock
  }

  folder(name: string): string {
    return join(this.path, name)
  }

  logFile(name: string): string {
    return join(this.path, 'logs', `${name}.log`)
  }

  /** undefined for a new folder. */
  readState(): FolderState | undefined {
    const file = join(this.path, 'up.json')
    if (!existsSync(file)) return undefined
    try {
      return JSON.parse(readFileSync(file, 'utf8')) as FolderState
    } catch {
      throw new UpError(
        `${file} cannot be read. It says what the folder was made for: restore it, or use another --data.`,
      )
    }
  }

  /** All of it or nothing: a crash half-way leaves the old one. */
  writeState(state: FolderState): void {
    const draft = join(this.path, 'up.json.new')
    writeFileSync(draft, `${JSON.stringify(state, undefined, 2)}\n`)
    renameSync(draft, join(this.path, 'up.json'))
  }

  release(): void {
    this.#lock.release()
  }
}
