import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvRecord } from '../src/csv.js'

/** A reader of RFC 4180, section 2. */
function readRecord(line: string): string[] {
  expect(line.endsWith('\r\n')).toBe(true)
  const body = line.slice(0, -2)
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|$)/y
  const fields: string[] = []
  for (;;) {
    const match = field.exec(body)
    if (match === null) throw new Error(`no field at ${field.lastIndex} of ${JSON.stringify(body)}`)
    fields.push(match[1]?.replaceAll('""', '"') ?? match[2]!)
    if (match[3] === '') return fields
  }
}

describe('a record', () => {
  it('law: is read as it was written, and no text of it begins a formula', () => {
    const cells = fc.array(
      fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[=+\-@\t\r",\n]{0,4}$/)),
      {
        minLength: 1,
      },
    )
    fc.assert(
      fc.property(cells, (texts) => {
        const read = readRecord(csvRecord(texts))
        expect(read.map((text) => text.replace(/^'(?=[=+\-@\t\r])/, ''))).toEqual(texts)
        for (const text of read) expect(text).not.toMatch(/^[=+\-@\t\r]/)
      }),
    )
  })

  it('leaves numbers as they are, and what is missing empty', () => {
    expect(csvRecord([-1, 2n, -3n, undefined, ''])).toBe('-1,2,-3,,\r\n')
    expect(csvRecord(['=1+1', 'a"b', 'a,b'])).toBe('\'=1+1,"a""b","a,b"\r\n')
  })
})
