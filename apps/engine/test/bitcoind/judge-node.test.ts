import { TemplateError } from '@headframe/core/template/template-error'
import { describe, expect, test } from 'vitest'
import { judgeError, judgeInfo } from '../../src/bitcoind/judge-node.js'
import type { ChainInfo } from '../../src/bitcoind/node-status.js'
import { RpcError, RpcUnavailable } from '../../src/bitcoind/rpc-client.js'

const info = (changes: Partial<ChainInfo>): ChainInfo => ({
  chain: 'main',
  blocks: 900_000,
  headers: 900_000,
  bestblockhash: '00'.repeat(32),
  chainwork: '01',
  difficulty: 1,
  initialblockdownload: false,
  ...changes,
})

describe('a node', () => {
  test('that answers is in order, on another chain, or syncing', () => {
    expect(judgeInfo(info({}), 'mainnet')).toEqual({ state: 'ok', message: '' })
    expect(judgeInfo(info({ chain: 'test' }), 'mainnet')).toEqual({
      state: 'other-chain',
      message: 'It is on the chain test; this pool is on main.',
    })
    expect(judgeInfo(info({ blocks: 7, initialblockdownload: true }), 'mainnet')).toEqual({
      state: 'syncing',
      message: 'It has 7 of 900000 blocks and is catching up.',
    })
  })

  test('of a test network that is alone has nothing to catch up with', () => {
    const alone = { chain: 'testnet4', blocks: 0, headers: 0, initialblockdownload: true }
    expect(judgeInfo(info(alone), 'testnet4').state).toBe('ok')
    expect(judgeInfo(info({ ...alone, headers: 5 }), 'testnet4').state).toBe('syncing')
    // Headers of a block that turned out invalid are no sign of it.
    expect(judgeInfo(info({ ...alone, headers: 5, initialblockdownload: false }), 'testnet4').state).toBe(
      'ok',
    )
  })

  test('that gives no template is told apart by why', () => {
    const stateOf = (error: unknown) => judgeError(error).state
    expect(stateOf(new RpcUnavailable('x', 'refused'))).toBe('away')
    expect(stateOf(new RpcError('x', -10, 'in initial sync'))).toBe('syncing')
    expect(stateOf(new RpcError('x', -9, 'not connected'))).toBe('syncing')
    expect(stateOf(new RpcError('x', -1, 'whatever'))).toBe('failing')
    expect(stateOf(new TemplateError('malformed-template', 'bits', 'wrong'))).toBe('failing')
    expect(stateOf(new TemplateError('fixed-field', 'mutable', 'wrong'))).toBe('failing')
    expect(judgeError(new TemplateError('unknown-rule', 'rules', 'unheard of'))).toEqual({
      state: 'unknown-rule',
      message: 'rules: unheard of',
    })
  })
})
