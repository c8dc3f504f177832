import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MAX_DIFFICULTY, MIN_DIFFICULTY } from '../../src/stratum/format-difficulty.js'
import { formatStratumPorts, parseStratumPorts } from '../../src/stratum/stratum-ports.js'

describe('the text form of ports', () => {
  test('gives every setting a default', () => {
    expect(parseStratumPorts('3333')).toEqual([
      {
        port: 3333,
        mode: 'pplns',
        startDifficulty: 1024,
        minDifficulty: MIN_DIFFICULTY,
        maxDifficulty: MAX_DIFFICULTY,
        fixed: false,
        sharesPerMinute: 12,
        tls: false,
        proxy: false,
        direct: false,
      },
    ])
  })

  test('reads several ports, modes and a fixed fractional difficulty', () => {
    const ports = parseStratumPorts(
      '3333 mode=pplns difficulty=2 min=0.5 max=1e6 shares-per-minute=20; 3334 mode=solo fixed=1e-9;',
    )
    expect(ports.map(({ port, mode, fixed }) => ({ port, mode, fixed }))).toEqual([
      { port: 3333, mode: 'pplns', fixed: false },
      { port: 3334, mode: 'solo', fixed: true },
    ])
    expect(ports[1]).toMatchObject({ startDifficulty: 1e-9, minDifficulty: 1e-9, maxDifficulty: 1e-9 })
  })

  test('knows ports with TLS and ports behind a proxy', () => {
    const ports = parseStratumPorts('3333; 3443 tls; 3335 proxy mode=solo; 3336 proxy fixed=1 tls')
    expect(ports.map(({ tls, proxy }) => ({ tls, proxy }))).toEqual([
      { tls: false, proxy: false },
      { tls: true, proxy: false },
      { tls: false, proxy: true },
      { tls: true, proxy: true },
    ])
  })

  test.each([
    ['', 'names no port'],
    ['0x', '"0x" is not a port number'],
    ['70000', '"70000" is not a port number'],
    ['3333 mode=prop', 'mode is pplns, solo or fpps, not "prop"'],
    ['3333 colour=red', '"colour=red" is not a setting'],
    ['3333 difficulty', '"difficulty" is not a setting'],
    ['3333 tls=yes', '"tls=yes" is not a setting'],
    ['3333 ssl', 'or tls, proxy, direct alone'],
    ['3333 mode=solo direct', 'direct is for mode=pplns'],
    ['3333 difficulty=1e-10', 'difficulty takes a number from 1e-9 to 2^53, not "1e-10"'],
    ['3333 difficulty=1 fixed=1', 'give difficulty= or fixed=, not both'],
    ['3333 difficulty=1 min=2', 'takes min <= difficulty <= max'],
    ['3333 shares-per-minute=0', 'shares-per-minute is above 0'],
    ['3333; 3333', 'names port 3333 twice'],
  ])('says what is wrong with %j', (text, message) => {
    expect(() => parseStratumPorts(text)).toThrow(message)
  })

  test('is read back as it was written', () => {
    const difficulty = fc.double({ min: MIN_DIFFICULTY, max: MAX_DIFFICULTY, noNaN: true })
    const port = fc
      .record({
        port: fc.nat(65_535),
        mode: fc.constantFrom('pplns' as const, 'solo' as const, 'fpps' as const),
        difficulties: fc.tuple(difficulty, difficulty, difficulty),
        fixed: fc.boolean(),
        sharesPerMinute: fc.double({ min: 1e-3, max: 6000, noNaN: true }),
        tls: fc.boolean(),
        proxy: fc.boolean(),
        wantsDirect: fc.boolean(),
      })
      .map(({ difficulties, wantsDirect, ...others }) => {
        const rest = { ...others, direct: wantsDirect && others.mode === 'pplns' }
        const [min, start, max] = [...difficulties].sort((a, b) => a - b) as [number, number, number]
        const [minDifficulty, maxDifficulty] = rest.fixed ? [start, start] : [min, max]
        return { ...rest, startDifficulty: start, minDifficulty, maxDifficulty }
      })
    const ports = fc.uniqueArray(port, { minLength: 1, maxLength: 5, selector: (one) => one.port })
    fc.assert(
      fc.property(ports, (list) => {
        expect(parseStratumPorts(formatStratumPorts(list))).toEqual(list)
      }),
    )
  })

  test('never throws anything but a sentence about the text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          for (const { port } of parseStratumPorts(text)) expect(port).toBeGreaterThanOrEqual(0)
        } catch (error) {
          expect((error as Error).message.length).toBeGreaterThan(5)
        }
      }),
    )
  })
})
