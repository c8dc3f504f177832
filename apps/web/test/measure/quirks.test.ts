import { expect, it } from 'vitest'
import { quirksOf } from '../../src/measure/quirks'

const DEFAULT = {
  ...{ maxCoinbaseBytes: 750, minDifficulty: 1e-9, keepaliveSeconds: 60 },
  ...{ answersPing: false, oneMessagePerPacket: false, extranonce2Bytes: 8 },
}

it('says nothing of a client that is treated as all others', () => {
  expect(quirksOf({ ...DEFAULT }, DEFAULT)).toEqual([])
})

it('says in words what a client is treated by that others are not', () => {
  const small = { ...DEFAULT, maxCoinbaseBytes: 255, extranonce2Bytes: 4, oneMessagePerPacket: true }
  expect(quirksOf(small, DEFAULT)).toEqual([
    'takes only small coinbases, of up to 255 B',
    'reads one message a packet',
    'has 4 bytes of extranonce2',
  ])
  const rental = { ...DEFAULT, maxCoinbaseBytes: 6_500, minDifficulty: 524_288, answersPing: true }
  expect(quirksOf({ ...rental, keepaliveSeconds: 180 }, DEFAULT)).toEqual([
    'takes coinbases of up to 6,500 B, more than most',
    'wants a difficulty of at least 524,288',
    'bears 180 s of silence',
    'answers pings, and is sent them',
  ])
})
