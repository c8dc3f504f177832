import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resultLine, trueLine } from '@headframe/core/stratum/reply'
import { LineCutter } from '../../src/load/line-cutter.js'
import { acceptedId, isCleanNotify, isNotify } from '../../src/load/line-scanner.js'
import { notify } from '../../../packages/miner/test/judging-pool.js'

/** A line somewhere in a larger buffer, as it is found there. */
function inside(line: string | Uint8Array, before: string, behind: string): [Buffer, number, number] {
  const bytes = Buffer.concat([Buffer.from(before), Buffer.from(line), Buffer.from(behind)])
  const start = Buffer.byteLength(before)
  return [bytes, start, bytes.length - Buffer.byteLength(behind)]
}

const withoutNewline = (line: string | Uint8Array): Buffer => Buffer.from(line).subarray(0, -1)

describe('lines told by their bytes', () => {
  it('the answer to an accepted share gives its id, wherever it stands', () => {
    fc.assert(
      fc.property(fc.nat({ max: 999_999_999 }), fc.string(), fc.string(), (id, before, behind) => {
        const line = withoutNewline(trueLine(id))
        expect(acceptedId(...inside(line, before, behind))).toBe(id)
      }),
    )
  })

  it.each([
    ['a refusal', '{"id":4,"result":null,"error":[23,"low",null]}'],
    ['false', '{"id":4,"result":false,"error":null}'],
    ['the id of text', '{"id":"4","result":true,"error":null}'],
    ['no id', '{"id":,"result":true,"error":null}'],
    ['a push', '{"id":null,"method":"mining.ping","params":[]}'],
    ['the beginning of an answer', '{"id":4,"result":tr'],
    ['nothing', ''],
  ])('%s is no accepted share', (_name, line) => {
    expect(acceptedId(...inside(line, '', 'ue,"error":null}'))).toBe(-1)
  })

  it('a notify is known, and whether older jobs are to be dropped', () => {
    for (const cleanJobs of [true, false]) {
      const found = inside(withoutNewline(notify(0, cleanJobs)), 'x', 'y')
      expect(isNotify(...found)).toBe(true)
      expect(isCleanNotify(...found)).toBe(cleanJobs)
    }
    expect(isNotify(...inside(resultLine(1, true), '', ''))).toBe(false)
    expect(isCleanNotify(...inside('true]}', ',', ''))).toBe(false)
  })
})

describe('a stream of bytes', () => {
  it('gives the same lines however it is cut', () => {
    const line = fc.string({ unit: fc.constantFrom('a', 'b', '{', '"', 'é') })
    fc.assert(
      fc.property(fc.array(line), fc.array(fc.nat({ max: 40 })), (lines, sizes) => {
        const stream = Buffer.from(lines.map((text) => `${text}\n`).join(''))
        expect(cutInto(stream, sizes)).toEqual(lines)
      }),
    )
  })

  it('that never ends a line is refused', () => {
    const cutter = new LineCutter()
    const chunk = Buffer.alloc(64 * 1024, 'x')
    const push = (): void => cutter.push(chunk, chunk.length, () => undefined)
    for (let count = 0; count < 4; count++) push()
    expect(push).toThrow('without a newline')
  })
})

/** The lines of a stream that comes in chunks of these sizes, in one buffer that is used again and again. */
function cutInto(stream: Buffer, sizes: readonly number[]): string[] {
  const cutter = new LineCutter()
  const chunk = Buffer.alloc(stream.length + 1, '\n')
  const lines: string[] = []
  let at = 0
  for (const size of [...sizes, stream.length]) {
    const length = stream.copy(chunk, 0, at, Math.min(at + size, stream.length))
    cutter.push(chunk, length, (bytes, start, end) => lines.push(bytes.toString('utf8', start, end)))
    at += length
  }
  return lines
}
