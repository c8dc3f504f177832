import { displayHash } from '@headframe/core/chain/header'
import { parseBitcoinNodes } from '@headframe/core/node/bitcoin-nodes'
import { expect, onTestFinished, test } from 'vitest'
import { judgeKnownBlocks } from '../../src/bitcoind/judge-node.js'
import { getChainInfo } from '../../src/bitcoind/node-status.js'
import { waitForNetwork } from '../../src/bitcoind/wait-for-network.js'
import { silent } from '../journal/journal-fixture.js'
import { closeNodes, openNodes } from '../../src/bitcoind/open-nodes.js'
import { connect, cutOff, mine, openSet, startNode, stateOf, tipOfNode, type OpenSet } from './open-set.js'
import { until } from '../until.js'
import { openNodeProxy } from './node-proxy.js'

const tipOf = ({ works }: OpenSet): string | undefined =>
  works.length === 0 ? undefined : displayHash(works.at(-1)!.template.prevHash)
const isFull = ({ works }: OpenSet): boolean => works.length > 0 && works.at(-1)!.kind !== 'empty'
const LONG = 90_000

test(
  'of two nodes that disagree the one with more work is followed; the other lags, and catches up',
  async () => {
    const [near, far] = [await startNode(), await startNode()]
    // Two chains of the same length: whichever was seen first is stayed on.
    const open = await openSet([near, far])
    await until(() => isFull(open))
    const first = tipOf(open)
    expect(await tipOfNode(near)).not.toBe(await tipOfNode(far))
    await until(() => stateOf(open, 'a') === 'ok' && stateOf(open, 'b') === 'ok')
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(tipOf(open)).toBe(first)

    // More work on one of them, then even more on the other.
    const second = await mine(far)
    await until(() => tipOf(open) === second)
    expect(open.works.at(-1)!.node).toBe('b')
    const third = await mine(near, 2)
    await until(() => tipOf(open) === third && isFull(open))
    expect(open.works.at(-1)!.node).toBe('a')
    await until(() => stateOf(open, 'b') === 'lagging')
    expect(open.set.report()).toMatchObject({ state: 'ok', height: await near.node.rpc('getblockcount') })

    // Its whole chain is replaced when it hears of the other.
    await connect(far, near)
    await until(() => stateOf(open, 'b') === 'ok')
    expect(await open.registry.metrics()).toContain('headframe_node_state{node="b",state="ok"} 1')

    // Cut off again it lags again, and miners do not follow it.
    await cutOff(far)
    const fourth = await mine(near)
    await until(() => tipOf(open) === fourth && stateOf(open, 'b') === 'lagging')
  },
  LONG,
)

test(
  'a node that is stopped is away, and is taken back when it is there again',
  async () => {
    const [near, far] = [await startNode(), await startNode()]
    await mine(near)
    await connect(far, near)
    const open = await openSet([near, far])
    await until(() => isFull(open))
    await near.node.stop()
    await until(() => stateOf(open, 'a') === 'away')
    expect(open.set.report().state).toBe('ok')
    const second = await mine(far)
    await until(() => tipOf(open) === second && isFull(open))
    expect(open.works.at(-1)!.node).toBe('b')
    await near.restart()
    await connect(near, far)
    await until(() => stateOf(open, 'a') === 'ok')
    const third = await mine(near)
    await until(() => tipOf(open) === third)
    expect(open.noWork).toEqual([])
  },
  LONG,
)

test(
  'a tip that only a lost node had is left within seconds, and returned to with the node',
  async () => {
    const [near, far] = [await startNode(), await startNode()]
    const before = await mine(near)
    await connect(far, near)
    const open = await openSet([near, far])
    await until(() => isFull(open) && tipOf(open) === before)
    await cutOff(far)
    const own = await mine(near)
    await until(() => tipOf(open) === own)
    await near.node.stop()
    await until(() => tipOf(open) === before && isFull(open))
    expect(open.works.at(-1)!.node).toBe('b')
    await near.restart()
    await until(() => tipOf(open) === own)
    expect(open.noWork).toEqual([])
  },
  LONG,
)

test(
  'a node on another chain is left out',
  async () => {
    const [near, stranger] = [await startNode(), await startNode('testnet4')]
    // What the pool's network is does not hang on which node is named first, but on whose the pool's address is.
    const both = openNodes(parseBitcoinNodes(`${stranger.node.url}; ${near.node.url}`))
    onTestFinished(() => closeNodes(both))
    const soon = AbortSignal.timeout(10_000)
    expect(await waitForNetwork(both, (network) => network === 'regtest', silent, soon)).toBe('regtest')
    expect(await waitForNetwork(both, () => false, silent, soon)).toBe('testnet4')
    const open = await openSet([stranger, near])
    await until(() => isFull(open))
    const [, entry] = open.set.report().nodes
    expect(entry).toMatchObject({ name: 'b', state: 'ok', isChosen: true })
    expect(open.set.report().nodes[0]).toMatchObject({
      state: 'other-chain',
      message: 'It is on the chain testnet4; this pool is on regtest.',
      isChosen: false,
    })
  },
  LONG,
)

test(
  'a tip that its node takes back is left, and returned to when the node does',
  async () => {
    const near = await startNode()
    const before = await tipOfNode(near)
    const open = await openSet([near])
    await until(() => isFull(open))
    const tip = await mine(near, 3)
    await until(() => tipOf(open) === tip && isFull(open))
    const [, child] = await near.node.rpc<string[]>('generatetoaddress', [
      2,
      await near.node.rpc('getnewaddress'),
    ])
    await until(() => tipOf(open) === child)
    for (let flip = 0; flip < 2; flip++) {
      const first = await near.node.rpc<string>('getblockhash', [102])
      await near.node.rpc('invalidateblock', [first])
      await until(() => tipOf(open) === before && isFull(open))
      expect(open.works.findLast(({ isNewTip }) => isNewTip)!.template.height).toBe(102)
      await near.node.rpc('reconsiderblock', [first])
      await until(() => tipOf(open) === child && isFull(open))
    }
    expect(open.noWork).toEqual([])
  },
  LONG,
)

test(
  'when no node confirms the tip, miners are sent away, and taken back with the node',
  async () => {
    const near = await startNode()
    const open = await openSet([near], { settings: { TIP_MAX_SILENCE_SECONDS: '60' } })
    await until(() => isFull(open))
    await near.node.stop()
    await until(() => stateOf(open, 'a') === 'away')
    expect(open.noWork).toEqual([])
    open.clock.aheadMs += 60_000
    await until(() => open.noWork.length === 1)
    expect(open.noWork[0]).toMatch(/^No node has confirmed the tip for 6\d s\.$/)
    open.works.length = 0
    await near.restart()
    await until(() => isFull(open))
    expect(open.works[0]).toMatchObject({ kind: 'full', isNewTip: true })
    expect(open.noWork).toHaveLength(1)
  },
  LONG,
)

test(
  'a rule that nobody here knows stops mining, even when another node does not know it either',
  async () => {
    const [near, far] = [await startNode(), await startNode()]
    await mine(near)
    await connect(far, near)
    const proxy = await openNodeProxy(far.node.url)
    const open = await openSet([near, far], {
      reach: (node) => (node === far.node ? proxy.url : `${node.url} rawblock=${node.zmqRawblockUrl}`),
      settings: { TEMPLATE_REFRESH_SECONDS: '1' },
    })
    await until(() => isFull(open))
    proxy.rule = '!unheard'
    await until(() => open.noWork.length > 0)
    expect(open.noWork).toEqual([
      'b: rules: this pool does not know the rule "!unheard" and stops mining; it needs a newer release',
    ])
    expect(open.set.report()).toMatchObject({ state: 'unknown-rule', message: open.noWork[0] })
    open.works.length = 0
    await mine(near)
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(open.works).toEqual([])

    // When it was a mistake, mining goes on by itself.
    proxy.rule = undefined
    await until(() => isFull(open))
    expect(open.works[0]!.isNewTip).toBe(true)
  },
  LONG,
)

test(
  'a template that came while its node was not in order is used when it is again',
  async () => {
    const near = await startNode()
    const proxy = await openNodeProxy(near.node.url)
    const { zmqRawblockUrl } = near.node
    const open = await openSet([near], { reach: () => `${proxy.url} rawblock=${zmqRawblockUrl}` })
    await until(() => isFull(open))
    let release = (): void => undefined
    proxy.beforeTemplate = new Promise((resolve) => (release = resolve))
    const tip = await mine(near)
    await until(() => tipOf(open) === tip)
    expect(isFull(open)).toBe(false)
    proxy.cutOff = 'getblockchaininfo'
    await until(() => stateOf(open, 'a') === 'away')
    const before = await open.registry.metrics()
    release()
    await until(async () => (await open.registry.metrics()) !== before)
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(isFull(open)).toBe(false)
    proxy.cutOff = undefined
    await until(() => isFull(open))
  },
  LONG,
)

test('a chain that calls itself the same and has other blocks is another chain', async () => {
  const near = await startNode()
  const [node] = openNodes(parseBitcoinNodes(near.node.url))
  onTestFinished(() => closeNodes([node!]))
  const info = await getChainInfo(node!.rpc)
  expect(await judgeKnownBlocks(node!.rpc, info, 'regtest')).toEqual({ state: 'ok', message: '' })
  expect(await judgeKnownBlocks(node!.rpc, info, 'testnet4')).toMatchObject({
    state: 'other-chain',
    message: expect.stringMatching(/^Its block 0 is 0f9188f1.*, not that of testnet4\.$/) as string,
  })
})

test(
  'of two nodes on one tip the template with more fees is used',
  async () => {
    const [poor, rich] = [await startNode(), await startNode()]
    await mine(rich)
    await connect(poor, rich)
    await cutOff(poor)
    const open = await openSet([poor, rich], { settings: { TEMPLATE_REFRESH_SECONDS: '1' } })
    await until(() => isFull(open))
    const before = open.works.at(-1)!.node
    await until(() => stateOf(open, 'a') === 'ok' && stateOf(open, 'b') === 'ok')
    await rich.node.rpc('sendtoaddress', [await rich.node.rpc<string>('getnewaddress'), 1])
    await until(() => open.works.at(-1)!.template.feesSats > 0n)
    expect(open.works.at(-1)).toMatchObject({ kind: 'refresh', isNewTip: false, node: 'b' })
    // Of templates that paid the same, that of the node in use was taken.
    const poorWorks = open.works.filter(({ template }) => template.feesSats === 0n)
    expect(new Set(poorWorks.map(({ node }) => node))).toEqual(new Set([before]))
    expect(open.set.report().nodes.find(({ isChosen }) => isChosen)?.name).toBe('b')
  },
  LONG,
)
