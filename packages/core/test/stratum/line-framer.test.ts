import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LineFramer, MAX_LINE_BYTES } from '../../src/stratum/line-framer.js'

const encode = (text: string) => new TextEncoder().encode(text)

/** Pushes text in the given pieces; what came out, as text. */
function frame(framer: LineFramer, ...pieces: readonly (string | Uint8Array)[]) {
  const lines: string[] = []
  const faults = pieces.map((piece) =>
    framer.push(typeof piece === 'string' ? encode(piece) : piece, (line) => {
      lines.push(new TextDecoder().decode(line))
    }),
  )
  return { lines, fault: faults.at(-1) }
}

/** Cuts bytes at places that fast-check chooses. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = [...places.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end))
}

describe('lines', () => {
  it.each([
    ['a\nb\n', ['a', 'b']],
    ['a\r\nb\r\n', ['a', 'b']],
    ['\n\r\n\na\n\n', ['a']],
    ['a\r\r\n', ['a\r']],
    ['a\rb\n', ['a\rb']],
    ['unfinished', []],
    ['{"x":"ü€😀"}\n', ['{"x":"ü€😀"}']],
  ])('are cut from %j', (text, lines) => {
    expect(frame(new LineFramer(), text)).toEqual({ lines, fault: undefined })
  })

  it('are the same however the stream is cut', () => {
    const piece = fc.constantFrom('a', 'bcd', 'ü€😀', '\n', '\r\n', '\r', '{"id":1}', 'x'.repeat(700))
    fc.assert(
      fc.property(fc.array(piece), fc.array(fc.nat(), { maxLength: 40 }), (pieces, places) => {
        const stream = encode(pieces.join(''))
        const whole = frame(new LineFramer(), stream)
        expect(frame(new LineFramer(), ...cut(stream, places))).toEqual(whole)
        const expected = pieces.join('').split('\n').slice(0, -1)
        expect(whole.lines).toEqual(
          expected.map((line) => line.replace(/\r$/, '')).filter((line) => line !== ''),
        )
      }),
    )
  })
})

describe('a handler that stops', () => {
  it('gets the same lines when the rest is pushed again, wherever it stops', () => {
    const piece = fc.constantFrom('a', 'bcd', '\n', '\r\n', 'ü€😀\n', 'x'.repeat(700))
    const stream = fc.array(piece, { maxLength: 60 }).map((pieces) => encode(pieces.join('')))
    fc.assert(
      fc.property(
        stream,
        fc.array(fc.nat()),
        fc.array(fc.boolean(), { minLength: 1 }),
        (bytes, places, stops) => {
          const framer = new LineFramer()
          const lines: string[] = []
          const onLine = (line: Uint8Array): boolean => {
            lines.push(new TextDecoder().decode(line))
            return !stops[lines.length % stops.length]!
          }
          for (const chunk of cut(bytes, places)) {
            for (let rest = chunk; rest.length > 0; rest = rest.subarray(framer.consumedBytes)) {
              framer.push(rest, onLine)
            }
          }
          expect(lines).toEqual(frame(new LineFramer(), bytes).lines)
        },
      ),
    )
  })
})

describe('a line that is too long', () => {
  it('is a fault at its first byte too many, finished or not', () => {
    expect(frame(new LineFramer(8), '12345678\n').lines).toEqual(['12345678'])
    expect(frame(new LineFramer(8), '123456789\n')).toEqual({ lines: [], fault: 'line-too-long' })
    expect(frame(new LineFramer(8), '12345678').fault).toBeUndefined()
    expect(frame(new LineFramer(8), '1234', '5678').fault).toBeUndefined()
    expect(frame(new LineFramer(8), '1234', '56789').fault).toBe('line-too-long')
    expect(frame(new LineFramer(8), '1234', '56789\n').fault).toBe('line-too-long')
  })

  it('does not take the lines before it along, and nothing comes after it', () => {
    const framer = new LineFramer(8)
    expect(frame(framer, 'a\nb\n123456789\nc\n')).toEqual({ lines: ['a', 'b'], fault: 'line-too-long' })
    expect(frame(framer, '\nd\n')).toEqual({ lines: [], fault: 'line-too-long' })
    expect(framer.heldBytes).toBe(0)
  })

  it('is told whatever the pieces: no more than the bound is ever held', () => {
    const pieces = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 60 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 64 }), pieces, (maxLineBytes, chunks) => {
        const framer = new LineFramer(maxLineBytes)
        let longest = 0
        let run = 0
        for (const chunk of chunks) {
          const { lines, fault } = frame(framer, chunk)
          for (const byte of chunk) {
            run = byte === 0x0a ? 0 : run + 1
            longest = Math.max(longest, run)
          }
          expect(fault).toBe(longest > maxLineBytes ? 'line-too-long' : undefined)
          expect(framer.heldBytes).toBeLessThanOrEqual(maxLineBytes)
          for (const line of lines) expect(line.length).toBeLessThanOrEqual(maxLineBytes)
        }
      }),
    )
  })

  it('has 16 KiB unless told otherwise', () => {
    expect(frame(new LineFramer(), `${'x'.repeat(MAX_LINE_BYTES)}\n`).fault).toBeUndefined()
    expect(frame(new LineFramer(), `${'x'.repeat(MAX_LINE_BYTES + 1)}\n`).fault).toBe('line-too-long')
  })
})

it('takes a line that arrives byte by byte without copying it again and again', () => {
  const framer = new LineFramer(1 << 20)
  const byte = encode('x')
  const started = performance.now()
  for (let i = 0; i < 1 << 19; i++) framer.push(byte, () => expect.unreachable())
  expect(frame(framer, '\n').lines[0]?.length).toBe(1 << 19)
  // Copying all that is held for each byte would be 2^37 bytes: minutes.
  expect(performance.now() - started).toBeLessThan(5_000)
})
