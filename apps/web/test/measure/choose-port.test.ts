import { expect, it } from 'vitest'
import { choosePort, fittingDifficulty } from '../../src/measure/choose-port'

const port = (number: number, startDifficulty: number, tls = false) => ({
  ...{ port: number, startDifficulty, tls },
  ...{ sharesPerMinute: 12, proxy: false },
})
const TERA = 1e12

it('a machine at its difficulty sends the shares of the port', () => {
  const difficulty = fittingDifficulty(TERA, 12)
  expect((TERA * 60) / (difficulty * 2 ** 32)).toBeCloseTo(12)
})

it('chooses the port that starts nearest, small machines and farms alike', () => {
  const ports = [port(1, 0.001), port(2, 1_024), port(3, 500_000)]
  expect(choosePort(ports, 3e5)?.port).toBe(1)
  expect(choosePort(ports, 1.2 * TERA)?.port).toBe(2)
  expect(choosePort(ports, 1_000 * TERA)?.port).toBe(3)
})

it('takes the first of two alike, and TLS only when there is nothing else', () => {
  expect(choosePort([port(1, 1_024, true), port(2, 1_024), port(3, 1_024)], TERA)?.port).toBe(2)
  expect(choosePort([port(1, 1_024, true)], TERA)?.port).toBe(1)
  const none: ReturnType<typeof port>[] = []
  expect(choosePort(none, TERA)).toBeUndefined()
})
