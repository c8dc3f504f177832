import { base64 } from '@scure/base'
import { describe, expect, it } from 'vitest'
import { legacyVectors, verdictOf } from './message-vectors.js'

describe('the legacy form', () => {
  it.each(legacyVectors)('$verdict: $source', (vector) => {
    expect(verdictOf(vector)).toBe(vector.verdict)
  })

  it('has no header below 27 or above 42', () => {
    const { address, message, signature } = legacyVectors[0]!
    const bytes = base64.decode(signature)
    for (let header = 0; header < 256; header++) {
      if (header >= 27 && header <= 42) continue
      const changed = base64.encode(Uint8Array.of(header, ...bytes.subarray(1)))
      expect(verdictOf({ address, message, signature: changed }), String(header)).toBe('malformed-signature')
    }
  })

  it('may be broken into lines, and have lost its padding', () => {
    const { address, message, signature } = legacyVectors[0]!
    const broken = ` ${signature.slice(0, 40)}\n${signature.slice(40).replace('=', '')}\n`
    expect(verdictOf({ address, message, signature: broken })).toBe('valid')
  })
})
