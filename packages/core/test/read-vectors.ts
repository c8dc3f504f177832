import { readFileSync } from 'node:fs'

/** A real block as its network has it; `hash` in display order. */
export interface BlockVector {
  readonly network: 'mainnet' | 'testnet3'
  readonly height: number
  readonly hash: string
  readonly hex: string
}

/** A template of a regtest node (Bitcoin Knots 29.4), and the block made of it that the node accepted. */
export interface AcceptedBlock {
  readonly template: Readonly<Record<string, unknown>>
  /** Who is paid. */
  readonly address: string
  readonly hash: string
  readonly block: string
  /** As the node counts it. */
  readonly weight: number
  readonly txids: readonly string[]
  readonly wtxids: readonly string[]
  readonly merkleRoot: string
}

/** Published data, kept as JSON beside the tests. */
export function readVectors(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`vectors/${name}.json`, import.meta.url), 'utf8'))
}

export function blockVectors(): BlockVector[] {
  return readVectors('blocks') as BlockVector[]
}

export function acceptedBlock(): AcceptedBlock {
  return readVectors('accepted-block') as AcceptedBlock
}
