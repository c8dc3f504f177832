import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { positionOfWireJobId } from '../../src/stratum/job-position.js'
import type { Line } from '../../src/stratum/line-framer.js'
import { parseSubmit } from '../../src/stratum/params/submit.js'
import { parseRequest } from '../../src/stratum/parse-request.js'
import { SubmitScanner } from '../../src/stratum/scan-submit.js'

const utf8 = new TextEncoder()
const lineOf = (text: string): Line => utf8.encode(text) as Line

/** What the JSON parser makes of a line, in the shape of the scanner's fields; undefined when it is no submit. */
function parsed(line: Line) {
  const request = parseRequest(line)
  if (request.kind !== 'request' || request.method !== 'mining.submit') return undefined
  const params = parseSubmit(request.params)
  if ('malformed' in params) return undefined
  const { username, wireJobId, submission } = params
  return { id: request.id, username, position: positionOfWireJobId(wireJobId), ...submission }
}

function scanned(line: Line) {
  const scanner = new SubmitScanner()
  if (!scanner.scan(line)) return undefined
  const { id, usernameStart, usernameEnd, position, ntime, nonce, versionBits } = scanner
  const username = new TextDecoder().decode(line.subarray(usernameStart, usernameEnd))
  return { id, username, position, extranonce2: scanner.extranonce2.slice(), ntime, nonce, versionBits }
}

const PLAIN = [
  '{"id": 5, "method": "mining.submit", "params": ["bc1q.rig", "0000002a01", "00010203040506ff", "68a1b2c3", "deadbeef", "00002000"]}',
  '{"params": ["bc1q.rig", "0000002a01", "00010203040506ff", "68a1b2c3", "deadbeef"], "id": 5, "method": "mining.submit"}',
  '{"method":"mining.submit","params":["bc1q.rig","FFFFFFFFff","00010203040506FF","68a1b2c3","ff"],"id":123456789012345}',
]

const hex = (digits: number) =>
  fc.stringMatching(new RegExp(`^[0-9a-fA-F]{${digits}}$`)).map((text) => `"${text}"`)
const space = fc.constantFrom('', ' ', '  ')
const plainLine = fc
  .tuple(
    fc.stringMatching(/^[!#-[\]-~]{1,60}$/),
    hex(10),
    hex(16),
    fc.array(
      fc.stringMatching(/^[0-9a-fA-F]{1,8}$/).map((text) => `"${text}"`),
      { minLength: 2, maxLength: 3 },
    ),
    fc.integer({ min: 0, max: 1e15 - 1 }),
    space,
    fc.shuffledSubarray(['id', 'method', 'params'], { minLength: 3 }),
  )
  .map(([username, jobId, extranonce2, rest, id, gap, order]) => {
    const params = [`"${username}"`, jobId, extranonce2, ...rest].join(`,${gap}`)
    const values: Record<string, string> = {
      id: String(id),
      method: '"mining.submit"',
      params: `[${gap}${params}${gap}]`,
    }
    return `{${gap}${order.map((key) => `"${key}"${gap}:${gap}${values[key]}`).join(`${gap},${gap}`)}${gap}}`
  })

describe('the submit scanner', () => {
  it.each(PLAIN)('reads %s', (text) => {
    expect(scanned(lineOf(text))).toEqual(parsed(lineOf(text)))
    expect(scanned(lineOf(text))).toBeDefined()
  })

  it('reads every plain line as the JSON parser does', () => {
    fc.assert(
      fc.property(plainLine, (text) => {
        const line = lineOf(text)
        expect(scanned(line)).toBeDefined()
        expect(scanned(line)).toEqual(parsed(line))
      }),
      { numRuns: 1_000 },
    )
  })

  it('never takes what the JSON parser reads otherwise, however a line is damaged', () => {
    const damaged = fc
      .tuple(plainLine, fc.nat(), fc.integer({ min: 0, max: 255 }), fc.constantFrom('set', 'insert', 'cut'))
      .map(([text, at, byte, how]) => {
        const bytes = [...utf8.encode(text)]
        const index = at % bytes.length
        if (how === 'set') bytes[index] = byte
        else if (how === 'insert') bytes.splice(index, 0, byte)
        else bytes.splice(index, 1)
        return Uint8Array.from(bytes) as Line
      })
    fc.assert(
      fc.property(damaged, (line) => {
        const fields = scanned(line)
        if (fields !== undefined) expect(fields).toEqual(parsed(line))
      }),
      { numRuns: 5_000 },
    )
  })

  it.each([
    ['', 'nothing'],
    ['{}', 'no keys'],
    [PLAIN[0]!.replace('"id": 5', '"id": "5"'), 'a string id'],
    [PLAIN[0]!.replace('"id": 5', '"id": 05'), 'an id with a leading zero'],
    [PLAIN[0]!.replace('"id": 5', '"id": 5, "id": 6'), 'a key twice'],
    [PLAIN[0]!.replace('rig', 'r\\u0069g'), 'an escape'],
    [PLAIN[0]!.replace('rig', 'ríg'), 'text that is not ASCII'],
    [PLAIN[0]!.replace('mining.submit', 'mining.ping'), 'another method'],
    [PLAIN[0]!.replace('"00002000"', 'null'), 'a null'],
    [PLAIN[0]!.replace('00010203', ''), 'a short extranonce2'],
    [`${PLAIN[0]!} x`, 'something behind it'],
  ])('leaves %j to the JSON parser: %s', (text) => {
    expect(new SubmitScanner().scan(lineOf(text))).toBe(false)
  })
})
