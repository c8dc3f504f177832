import { expect, it } from 'vitest'
import { dustLimitSats } from '../../src/chain/dust.js'
import { outputScript } from '../../src/chain/output-script.js'

/** As Bitcoin Core states them (`policy.h`, and `GetDustThreshold` in `policy.cpp`). */
it.each([
  ['p2pkh', 20, 546n],
  ['p2sh', 20, 540n],
  ['p2wpkh', 20, 294n],
  ['p2wsh', 32, 330n],
  ['p2tr', 32, 330n],
] as const)('what a %s output must be worth', (type, size, sats) => {
  expect(dustLimitSats(outputScript({ type, payload: new Uint8Array(size) }))).toBe(sats)
})
