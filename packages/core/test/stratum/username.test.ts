import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isMalformed } from '../../src/stratum/params/malformed-params.js'
import { MAX_ADDRESS_CHARS, MAX_WORKER_NAME_BYTES, parseUsername } from '../../src/stratum/username.js'

const ADDRESS = 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq'

it.each([
  [ADDRESS, ''],
  [`${ADDRESS}.`, ''],
  [`${ADDRESS}.rig1`, 'rig1'],
  [`${ADDRESS}_rig1`, 'rig1'],
  [`${ADDRESS}.rig_1.a`, 'rig_1.a'],
  [`${ADDRESS}_rig.1`, 'rig.1'],
  [` ${ADDRESS} . my rig `, 'my rig'],
  [`${ADDRESS}.Ретро ⛏️ 矿机`, 'Ретро ⛏️ 矿机'],
  [`${ADDRESS}.<script>'"`, `<script>'"`],
  // Firmware that writes special characters in hex: kept as sent, for it may as well be the name.
  [`${ADDRESS}.rig%2done`, 'rig%2done'],
])('splits %j', (username, workerName) => {
  expect(parseUsername(username)).toEqual({ address: ADDRESS, workerName })
})

it.each([
  ['', 'must start with a Bitcoin address'],
  ['.worker', 'must start with a Bitcoin address'],
  ['x'.repeat(MAX_ADDRESS_CHARS + 1), 'ADDRESS.WORKER'],
  ['bc1\u0000', 'ADDRESS.WORKER'],
  [`${ADDRESS}.a\nb`, 'cannot be shown'],
  [`${ADDRESS}.a\u0000`, 'cannot be shown'],
  [`${ADDRESS}.a\u2028b`, 'cannot be shown'],
  [`${ADDRESS}.\u202egnp.exe`, 'cannot be shown'],
  [`${ADDRESS}.\ud800`, 'cannot be shown'],
  [`${ADDRESS}.${'ü'.repeat(MAX_WORKER_NAME_BYTES / 2 + 1)}`, 'longer than 255 bytes'],
])('refuses %j', (username, message) => {
  const parsed = parseUsername(username)
  if (!isMalformed(parsed)) throw new Error('was taken')
  expect(parsed.malformed).toContain(message)
})

it('finds the address whatever the worker is called', () => {
  const separator = fc.constantFrom('.', '_')
  fc.assert(
    fc.property(separator, fc.string({ unit: 'grapheme', maxLength: 60 }), (mark, workerName) => {
      const parsed = parseUsername(`${ADDRESS}${mark}${workerName}`)
      if (!isMalformed(parsed)) expect(parsed).toEqual({ address: ADDRESS, workerName: workerName.trim() })
    }),
  )
})

/** Any sequence of UTF-16 units, so also halves of pairs. */
const anyText = fc.array(fc.oneof(fc.nat(0xffff), fc.nat(0x7f), fc.integer({ min: 0x2000, max: 0x20ff })), {
  maxLength: 80,
})

it('never throws, and never yields a name that has no place on a page or in a record', () => {
  fc.assert(
    fc.property(fc.constantFrom('', ADDRESS, `${ADDRESS}.`), anyText, (start, units) => {
      const parsed = parseUsername(start + String.fromCharCode(...units))
      if (isMalformed(parsed)) return
      for (const name of [parsed.address, parsed.workerName]) {
        expect(name).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u)
        expect(name).toBe(name.trim())
      }
      expect(new TextEncoder().encode(parsed.workerName).length).toBeLessThanOrEqual(MAX_WORKER_NAME_BYTES)
      expect(new TextDecoder().decode(new TextEncoder().encode(parsed.workerName))).toBe(parsed.workerName)
    }),
    { numRuns: 1_000 },
  )
})
