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
}

const POW_LIMIT_MAINNET = (1n << 224n) - 1n
const POW_LIMIT_SIGNET = BigInt('0x00000377ae' + '0'.repeat(54))
const POW_LIMIT_REGTEST = (1n << 255n) - 1n
const TEST = { hrp: 'tb', p2pkhVersion: 0x6f, p2shVersion: 0xc4, halvingIntervalBlocks: 210_000 }

export const NETWORKS: Readonly<Record<Network, NetworkParams>> = {
  mainnet: {
    chain: 'main',
    hrp: 'bc',
    p2pkhVersion: 0x00,
    p2shVersion: 0x05,
    halvingIntervalBlocks: 210_000,
    powLimit: POW_LIMIT_MAINNET,
  },
  testnet3: { chain: 'test', ...TEST, powLimit: POW_LIMIT_MAINNET },
  testnet4: { chain: 'testnet4', ...TEST, powLimit: POW_LIMIT_MAINNET },
  signet: { chain: 'signet', ...TEST, powLimit: POW_LIMIT_SIGNET },
  regtest: {
    chain: 'regtest',
    ...TEST,
    hrp: 'bcrt',
    halvingIntervalBlocks: 150,
    powLimit: POW_LIMIT_REGTEST,
  },
}

/** The network a node calls `chain`, or undefined when the pool does not know it. */
export function networkOfChain(chain: string): Network | undefined {
  for (const network of Object.keys(NETWORKS) as Network[]) {
    if (NETWORKS[network].chain === chain) return network
  }
  return undefined
}
