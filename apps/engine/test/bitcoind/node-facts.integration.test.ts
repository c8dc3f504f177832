import { parseBitcoinNodes } from '@headframe/core/node/bitcoin-nodes'
import { afterAll, expect, test } from 'vitest'
import { NodeFacts, timingCalls } from '../../src/bitcoind/node-facts.js'
import { getChainInfo } from '../../src/bitcoind/node-status.js'
import { closeNodes, openNodes, type Node } from '../../src/bitcoind/open-nodes.js'
import { ownNode } from '../own-node.js'

const node = ownNode()
const opened: (readonly Node[])[] = []
afterAll(() => opened.forEach(closeNodes))

test('a node says what it is, who its peers are and how fast it answers; one that is away says nothing', async () => {
  const latencyMs = new Map<string, number>()
  const heard: string[] = []
  const observe = timingCalls(latencyMs, (name) => (method, _tookMs, outcome) => {
    heard.push(`${name} ${method} ${outcome}`)
  })
  const places = `${node().url} name=here rawblock=tcp://127.0.0.1:1; http://a:b@127.0.0.1:1 name=away`
  const nodes = openNodes(parseBitcoinNodes(places), observe)
  opened.push(nodes)
  const facts = new NodeFacts(nodes, latencyMs)
  expect(facts.of('here')).toEqual({ latencyMs: undefined, zmq: ['rawblock'] })
  await facts.look()
  for (const { rpc } of nodes) await getChainInfo(rpc).catch(() => undefined)
  expect(facts.of('here')).toEqual({
    version: expect.stringMatching(/^\/Satoshi:/) as string,
    peersIn: 0,
    peersOut: 0,
    latencyMs: expect.any(Number) as number,
    zmq: ['rawblock'],
  })
  expect(facts.of('away')).toEqual({ latencyMs: undefined, zmq: [] })
  expect(heard).toContain('here getnetworkinfo answered')
  expect(heard).toContain('away getblockchaininfo unavailable')
})

test('what a node has said holds no longer than it answers', async () => {
  const [place] = parseBitcoinNodes(`${node().url} name=here`)
  let isAway = false
  const call = () =>
    isAway ? Promise.reject(new Error('away')) : Promise.resolve({ subversion: '/x/', connections_in: 3 })
  const facts = new NodeFacts([{ name: 'here', place, rpc: { call } } as unknown as Node], new Map())
  await facts.look()
  expect(facts.of('here')).toMatchObject({ version: '/x/', peersIn: 3, peersOut: undefined })
  isAway = true
  await facts.look()
  expect(facts.of('here')).toEqual({ latencyMs: undefined, zmq: [] })
})
