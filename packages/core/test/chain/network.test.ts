import { describe, expect, it } from 'vitest'
import { blockHash, displayHash, parseDisplayHash, serialiseHeader } from '../../src/chain/header.js'
import { NETWORKS, networkOfChain, type Network } from '../../src/chain/network.js'
import { nbitsOfTarget } from '../../src/chain/target.js'

const SATOSHIS_ROOT = '4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b'
const TESTNET4_ROOT = '7aa0a7ae1e223414cb807e40cd57e667b718e42aaf9306db9102fe28912b7b4e'

/** The first block of each network: Merkle root, time, nbits, nonce (Bitcoin Core `src/kernel/chainparams.cpp`). */
const FIRST_BLOCKS: readonly (readonly [Network, string, number, number, number])[] = [
  ['mainnet', SATOSHIS_ROOT, 1231006505, 0x1d00ffff, 2083236893],
  ['testnet3', SATOSHIS_ROOT, 1296688602, 0x1d00ffff, 414098458],
  ['testnet4', TESTNET4_ROOT, 1714777860, 0x1d00ffff, 393743547],
  ['signet', SATOSHIS_ROOT, 1598918400, 0x1e0377ae, 52613770],
  ['regtest', SATOSHIS_ROOT, 1296688602, 0x207fffff, 2],
]

describe('a network', () => {
  it.each(FIRST_BLOCKS)(
    '%s begins with the block that is known of it',
    (network, root, ntime, nbits, nonce) => {
      const merkleRoot = parseDisplayHash(root)
      const header = { version: 1, prevHash: new Uint8Array(32), merkleRoot, ntime, nbits, nonce }
      const { knownBlocks, powLimit, chain } = NETWORKS[network]
      expect(knownBlocks[0]).toEqual({ height: 0, hash: displayHash(blockHash(serialiseHeader(header))) })
      expect(nbitsOfTarget(powLimit)).toBe(nbits)
      expect(networkOfChain(chain)).toBe(network)
    },
  )
})
