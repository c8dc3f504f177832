import { numberedAddress } from '../load/numbered-address.js'
import { NETWORK, type SeedSize } from '../seed/seed-size.js'

/** A procedure, and its input where it takes one. */
export type Call = readonly [procedure: string, input?: Readonly<Record<string, string | number>>]

/** What one visit of a page asks for; `random` gives numbers in [0, 1), and says whose page it is. */
export type PageCalls = (random: () => number) => readonly Call[]

/** A page, and its part in a mix of visits. */
export interface PageLoad {
  readonly name: string
  readonly weight: number
  readonly calls: PageCalls
}

/** As apps/web asks for them when a page is opened: src/app and first-look.ts there. */
export function pageLoads({ miners }: SeedSize, blockHashes: readonly string[]): readonly PageLoad[] {
  const minerOf = (random: () => number): number => 1 + Math.floor(random() * miners)
  const blockOf = (random: () => number): string => blockHashes[Math.floor(random() * blockHashes.length)]!
  return [
    {
      name: 'pool',
      weight: 30,
      calls: () => [
        ['pool.summary'],
        ['pool.hashrate', { range: '24h' }],
        ['pool.luck'],
        ['pool.tips'],
        ['blocks.list', { limit: 9 }],
        ['pool.connect'],
      ],
    },
    {
      name: 'pool, a year',
      weight: 2,
      calls: () => [['pool.summary'], ['pool.hashrate', { range: '1y' }]],
    },
    { name: 'miners', weight: 5, calls: () => [['pool.miners']] },
    {
      name: 'miner',
      weight: 35,
      calls: (random) => callsOfMiner(numberedAddress(minerOf(random), NETWORK), '24h'),
    },
    {
      name: 'miner, a year',
      weight: 3,
      calls: (random) => callsOfMiner(numberedAddress(minerOf(random), NETWORK), '1y'),
    },
    // He has thousands of workers.
    { name: 'the largest miner', weight: 1, calls: () => callsOfMiner(numberedAddress(1, NETWORK), '24h') },
    {
      name: 'worker',
      weight: 8,
      calls: (random) => {
        const number = minerOf(random)
        const worker = { address: numberedAddress(number, NETWORK), worker: `rig${number}` }
        return [
          ['worker.summary', worker],
          ['worker.hashrate', { ...worker, range: '7d' }],
          ['worker.timeline', { ...worker, range: '7d' }],
        ]
      },
    },
    { name: 'blocks', weight: 4, calls: () => [['blocks.list', { limit: 25 }]] },
    {
      name: 'block',
      weight: 5,
      calls: (random) => {
        const hash = blockOf(random)
        return [
          ['blocks.one', { hash }],
          ['blocks.coinbase', { hash }],
          ['blocks.earnings', { hash, limit: 50 }],
        ]
      },
    },
    { name: 'payouts', weight: 3, calls: () => [['payouts.list', { limit: 25 }]] },
    { name: 'best shares', weight: 2, calls: () => [['pool.bestShares', { period: 'day' }]] },
    { name: 'status', weight: 1, calls: () => [['pool.status']] },
    {
      name: 'search',
      weight: 1,
      calls: (random) => [['search.find', { text: numberedAddress(minerOf(random), NETWORK) }]],
    },
  ]
}

function callsOfMiner(address: string, range: string): readonly Call[] {
  return [
    ['miner.summary', { address }],
    ['miner.hashrate', { address, range }],
    ['miner.daily', { address }],
    ['miner.workers', { address }],
    ['miner.balance', { address }],
    ['pool.connect'],
    ['miner.earnings', { address, limit: 10 }],
    ['miner.payouts', { address, limit: 10 }],
  ]
}

/** All of them in one request, as the browser sends them. */
export function pathOfCalls(calls: readonly Call[]): string {
  const inputs = calls.flatMap(([, input], index) =>
    input === undefined ? [] : [[String(index), { json: input }] as const],
  )
  const procedures = calls.map(([procedure]) => procedure).join(',')
  return `/api/trpc/${procedures}?batch=1&input=${encodeURIComponent(JSON.stringify(Object.fromEntries(inputs)))}`
}

/** A random page, as often as its weight says. */
export function mixOf(pages: readonly PageLoad[]): PageCalls {
  const total = pages.reduce((sum, { weight }) => sum + weight, 0)
  return (random) => {
    let left = random() * total
    const page = pages.find(({ weight }) => (left -= weight) < 0) ?? pages[0]!
    return page.calls(random)
  }
}
