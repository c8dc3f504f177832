import {
  closeSync,
  fdatasyncSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { isMissing } from '../is-missing.js'
import type { Extranonce1Store } from './extranonce1-allocator.js'
import { NUMBERS_PER_PREFIX } from './extranonce1.js'

const BLOCK_SIZE = 1_024
const STATE_BYTES = 4
/** Behind the states stands where the next block begins. */
const NEXT_BLOCK_OFFSET = NUMBERS_PER_PREFIX * STATE_BYTES
const FILE_BYTES = NEXT_BLOCK_OFFSET + STATE_BYTES

/**
 * What becomes of the numbers of one prefix, on disk: `DATA/sessions/extranonce1-NNN.states`, NNN the prefix in hex,
 * 4 MiB. It is written whole when it is made, so that a full disk cannot stop it later. All writes are synchronous:
 * they are small, and a number must not be given before the disk knows of it. Numbers are in this machine's byte order.
 */
export class Extranonce1File implements Extranonce1Store {
  readonly states = new Uint32Array(NUMBERS_PER_PREFIX)
  readonly blockSize = BLOCK_SIZE
  readonly nextBlock: number
  readonly #file: number

  /** Makes the file if it is not there. Throws what the disk says. */
  constructor(dataDir: string, prefix: number) {
    const folder = join(dataDir, 'sessions')
    mkdirSync(folder, { recursive: true })
    const path = join(folder, `extranonce1-${prefix.toString(16).padStart(3, '0')}.states`)
    this.#file = openOrMake(folder, path)
    const next = new Uint32Array(1)
    readWhole(this.#file, this.states, 0, path)
    readWhole(this.#file, next, NEXT_BLOCK_OFFSET, path)
    this.nextBlock = next[0]! % (NUMBERS_PER_PREFIX / BLOCK_SIZE)
  }

  save(block: number): void {
    const states = this.states.subarray(block * BLOCK_SIZE, (block + 1) * BLOCK_SIZE)
    writeWhole(this.#file, states, block * BLOCK_SIZE * STATE_BYTES)
  }

  commit(nextBlock: number): void {
    writeWhole(this.#file, Uint32Array.of(nextBlock), NEXT_BLOCK_OFFSET)
    fdatasyncSync(this.#file)
  }

  close(): void {
    closeSync(this.#file)
  }
}

function openOrMake(folder: string, path: string): number {
  try {
    return openSync(path, 'r+')
  } catch (error) {
    if (!isMissing(error)) throw error
  }
  const file = openSync(`${path}.part`, 'w+')
  writeWhole(file, new Uint8Array(FILE_BYTES), 0)
  fsyncSync(file)
  renameSync(`${path}.part`, path)
  const parent = openSync(folder, 'r')
  fsyncSync(parent)
  closeSync(parent)
  return file
}

function readWhole(file: number, into: Uint32Array, offset: number, path: string): void {
  const bytes = new Uint8Array(into.buffer)
  for (let done = 0; done < bytes.length;) {
    const count = readSync(file, bytes, done, bytes.length - done, offset + done)
    if (count === 0)
      throw new Error(`${path} is cut short; put it back as it was, or remove it an hour from now`)
    done += count
  }
}

function writeWhole(file: number, data: Uint32Array | Uint8Array, offset: number): void {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  for (let done = 0; done < bytes.length;) {
    done += writeSync(file, bytes, done, bytes.length - done, offset + done)
  }
}
