import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { bytesToHex, writeUint32LE } from '@headframe/core/bytes'
import { sha256d } from '@headframe/core/hash'
import { Hasher } from '../src/hasher.js'
import { MAX_FOUND } from '../src/search-nonces.js'
import { compileMiner, type CompiledMiner } from './compile-miner.js'

let compiled: CompiledMiner
const closing: (() => Promise<void>)[] = []

beforeAll(async () => {
  compiled = await compileMiner()
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})
afterAll(() => compiled.remove())

describe('a hasher', () => {
  const header = new Uint8Array(80).fill(9)
  const target = new Uint8Array(32).fill(0xff).fill(0x03, 31)

  function newHasher(): Hasher {
    const hasher = new Hasher(pathToFileURL(join(compiled.dir, 'hash-thread.js')))
    closing.push(() => hasher.close())
    return hasher
  }

  it('finds every nonce of a range that meets the target', async () => {
    const hasher = newHasher()
    const { found, hashes } = await hasher.search({
      header,
      target,
      firstNonce: 0xfffffff0 - 1000,
      nonceCount: 1000,
    })
    expect(hashes).toBe(1000)
    const expected = Array.from({ length: 1000 }, (_, step) => 0xfffffff0 - 1000 + step).filter((nonce) => {
      const copy = Uint8Array.from(header)
      writeUint32LE(copy, 76, nonce)
      return sha256d(copy)[31]! <= 3
    })
    expect(found.map(({ nonce }) => nonce)).toEqual(expected)
    expect(expected.length).toBeGreaterThan(5)
    for (const { nonce, hash } of found) {
      const copy = Uint8Array.from(header)
      writeUint32LE(copy, 76, nonce)
      expect(bytesToHex(hash)).toBe(bytesToHex(sha256d(copy)))
    }
  })

  it('ends a search that finds too much', async () => {
    const hasher = newHasher()
    const easiest = new Uint8Array(32).fill(0xff)
    const result = await hasher.search({ header, target: easiest, firstNonce: 0, nonceCount: 1e9 })
    expect([result.found.length, result.hashes]).toEqual([MAX_FOUND, MAX_FOUND])
  })

  it('leaves the caller free, takes one search at a time, and rejects what it cannot finish', async () => {
    const hasher = newHasher()
    const hardest = new Uint8Array(32)
    const long = hasher.search({ header, target: hardest, firstNonce: 0, nonceCount: 2 ** 32 })
    await expect(hasher.search({ header, target, firstNonce: 0, nonceCount: 1 })).rejects.toThrow(
      'still searching',
    )
    const ended = expect(long).rejects.toThrow('has ended')
    await hasher.close()
    await ended
    await expect(hasher.search({ header, target, firstNonce: 0, nonceCount: 1 })).rejects.toThrow('has ended')
  })
})
