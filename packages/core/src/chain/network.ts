/**
 * The Bitcoin networks the pool can mine, told from the `chain` field of the node's `getblockchaininfo`.
 * Constants: Bitcoin Core `src/kernel/chainparams.cpp`.
 */
export type Network = 'mainnet' | 'testnet3' | 'testnet4' | 'signet' | 'regtest'

export interface NetworkParams {
  /** `chain` as the node names it. */
  readonly chain: string
  /** Human-readable part of segwit addresses (BIP 173). */
  readonly hrp: string
  readonly p2pkhVersion: number
  readonly p2shVersion: number
  /** Blocks between two halvings of the subsidy. */
  readonly halvingIntervalBlocks: number
  /** Easiest target a block of the network may have. */
  readonly powLimit: bigint
  /** Blocks between two changes of the difficulty: `DifficultyAdjustmentInterval`. */
  readonly retargetIntervalBlocks: number
  /** How the next block's nbits follow from those before it. */
  readonly difficultyRule: DifficultyRule
  /** Blocks that every node of the network has once it is that far: the first one, and on mainnet one of 2024. */
  readonly knownBlocks: readonly KnownBlock[]
}

/**
 * `plain`: a retarget each period. `min-difficulty`: besides, a block 20 minutes after the one before it has the
 * easiest target (testnet3). `bip94`: the same, and a retarget starts from the period's first block (testnet4).
 * `fixed`: there is no retarget (regtest).
 */
export type DifficultyRule = 'plain' | 'min-difficulty' | 'bip94' | 'fixed'

export interface KnownBlock {
  readonly height: number
  /** Display order. */
  readonly hash: string
}

const POW_LIMIT_MAINNET = (1n << 224n) - 1n
const POW_LIMIT_SIGNET = BigInt('0x00000377ae' + '0'.repeat(54))
const POW_LIMIT_REGTEST = (1n << 255n) - 1n
/** Two weeks of ten minutes. */
const RETARGET_INTERVAL_BLOCKS = 2_016
const genesis = (hash: string): KnownBlock => ({ height: 0, hash })
const TEST = { hrp: 'tb', p2pkhVersion: 0x6f, p2shVersion: 0xc4, halvingIntervalBlocks: 210_000 }

export const NETWORKS: Readonly<Record<Network, NetworkParams>> = {
  mainnet: {
    chain: 'main',
    hrp: 'bc',
    p2pkhVersion: 0x00,
    p2shVersion: 0x05,
    halvingIntervalBlocks: 210_000,
    powLimit: POW_LIMIT_MAINNET,
    retargetIntervalBlocks: RETARGET_INTERVAL_BLOCKS,
    difficultyRule: 'plain',
    // The second one tells the chains apart that left Bitcoin's and still call themselves "main".
    knownBlocks: [
      genesis('000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f'),
      { height: 840_000, hash: '0000000000000000000320283a032748cef8227873ff4872689bf23f1cda83a5' },
    ],
  },
  testnet3: {
    chain: 'test',
    ...TEST,
    powLimit: POW_LIMIT_MAINNET,
    retargetIntervalBlocks: RETARGET_INTERVAL_BLOCKS,
    difficultyRule: 'min-difficulty',
    knownBlocks: [genesis('000000000933ea01ad0ee984209779baaec3ced90fa3f408719526f8d77f4943')],
  },
  testnet4: {
    chain: 'testnet4',
    ...TEST,
    powLimit: POW_LIMIT_MAINNET,
    retargetIntervalBlocks: RETARGET_INTERVAL_BLOCKS,
    difficultyRule: 'bip94',
    knownBlocks: [genesis('00000000da84f2bafbbc53dee25a72ae507ff4914b867c565be350b0da8bf043')],
  },
  signet: {
    chain: 'signet',
    ...TEST,
    powLimit: POW_LIMIT_SIGNET,
    retargetIntervalBlocks: RETARGET_INTERVAL_BLOCKS,
    difficultyRule: 'plain',
    knownBlocks: [genesis('00000008819873e925422c1ff0f99f7cc9bbb232af63a077a480a3633bee1ef6')],
  },
  regtest: {
    chain: 'regtest',
    ...TEST,
    hrp: 'bcrt',
    halvingIntervalBlocks: 150,
    powLimit: POW_LIMIT_REGTEST,
    // A day; 2,016 before Bitcoin Core 28. There is no retarget, only the earliest time of a block depends on it.
    retargetIntervalBlocks: 144,
    difficultyRule: 'fixed',
    knownBlocks: [genesis('0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206')],
  },
}

/** The network a node calls `chain`, or undefined when the pool does not know it. */
export function networkOfChain(chain: string): Network | undefined {
  for (const network of Object.keys(NETWORKS) as Network[]) {
    if (NETWORKS[network].chain === chain) return network
  }
  return undefined
}
