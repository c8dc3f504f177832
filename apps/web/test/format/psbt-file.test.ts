import fc from 'fast-check'
import { expect, test } from 'vitest'
import { psbtOfFile, psbtToFile } from '../../src/format/psbt-file'

test('a PSBT is the same after a way through a file, whatever its bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), (rest) => {
      const psbt = Buffer.from([0x70, 0x73, 0x62, 0x74, 0xff, ...rest]).toString('base64')
      expect(psbtOfFile(psbtToFile(psbt))).toBe(psbt)
    }),
  )
})

test('a file with the text of a PSBT is taken as it is', () => {
  expect(psbtOfFile(new TextEncoder().encode('cHNidP8BAA==\n'))).toBe('cHNidP8BAA==')
})
