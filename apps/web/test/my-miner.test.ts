import { describe, expect, it } from 'vitest'
import { hostNameOf } from '../src/format/host'
import { minerPath } from '../src/my-miner/miner-path'

describe('minerPath', () => {
  it.each([
    ['bc1qaddress', '/miners/bc1qaddress'],
    ['  bc1qaddress.rig1 ', '/miners/bc1qaddress'],
    ['bc1qaddress_rig1', '/miners/bc1qaddress'],
    ['a/../../b?c', '/miners/a%2F'],
    ['', undefined],
    ['  ', undefined],
    ['.rig1', undefined],
  ])('%j leads to %s', (text, path) => {
    expect(minerPath(text)).toBe(path)
  })
})

describe('hostNameOf', () => {
  it.each([
    ['pool.example:3000', 'pool.example'],
    ['pool.example', 'pool.example'],
    ['192.168.1.5:80', '192.168.1.5'],
    ['[::1]:3000', '[::1]'],
    [null, 'localhost'],
  ])('%s is %s', (header, host) => {
    expect(hostNameOf(header)).toBe(host)
  })
})
