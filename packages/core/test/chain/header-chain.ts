import fc from 'fast-check'
import type { ChainWindow } from '../../src/chain/chain-window.js'
import type { BlockHeader } from '../../src/chain/header.js'
import { NETWORKS, type Network } from '../../src/chain/network.js'
import { nbitsOfTarget, targetOfNbits, workOfTarget } from '../../src/chain/target.js'

export const EASIEST = nbitsOfTarget(NETWORKS.mainnet.powLimit)
export const HARDER = 0x1c05a3f4

export const hashOf = (height: number): Uint8Array => {
  const hash = new Uint8Array(32)
  new DataView(hash.buffer).setUint32(0, height)
  return hash
}

export const headerAt = (height: number, ntime: number, nbits: number): BlockHeader => ({
  version: 0x20000000,
  prevHash: hashOf(height - 1),
  merkleRoot: new Uint8Array(32),
  ntime,
  nbits,
  nonce: 0,
})

/** The window over all headers of a chain from `firstHeight` on, which begins a period, found by looking back. */
export function windowOver(
  network: Network,
  firstHeight: number,
  headers: readonly BlockHeader[],
): ChainWindow {
  const interval = NETWORKS[network].retargetIntervalBlocks
  const height = firstHeight + headers.length - 1
  const periodStart = headers.at(-1 - (height % interval))!
  // As `pow.cpp` GetNextWorkRequired walks back.
  let back = headers.length - 1
  while ((firstHeight + back) % interval !== 0 && headers[back]!.nbits === EASIEST) back--
  return {
    network,
    hash: hashOf(height),
    height,
    chainwork: headers.reduce((sum, { nbits }) => sum + workOfTarget(targetOfNbits(nbits)!), 0n),
    ntimes: headers.slice(-11).map(({ ntime }) => ntime),
    nbits: headers.at(-1)!.nbits,
    periodStart: { ntime: periodStart.ntime, nbits: periodStart.nbits },
    ordinaryNbits: headers[back]!.nbits,
  }
}

export const anyHeaders = (length: { minLength: number; maxLength: number }): fc.Arbitrary<BlockHeader[]> =>
  fc
    .array(fc.record({ gap: fc.integer({ min: -600, max: 2_000 }), isEasy: fc.boolean() }), length)
    .map((blocks) => {
      let ntime = 1_700_000_000
      return blocks.map(({ gap, isEasy }, index) =>
        headerAt(index, (ntime += gap), isEasy ? EASIEST : HARDER),
      )
    })
