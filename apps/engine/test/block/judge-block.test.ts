import type { WatchedBlock } from '@headframe/db/block/watched-block'
import { describe, expect, it } from 'vitest'
import { judgeBlock, type BlockVerdict } from '../../src/block/judge-block.js'

const OURS = 'a'.repeat(64)
const THEIRS = 'b'.repeat(64)

type Status = WatchedBlock['status']

interface Case {
  readonly from: Status
  /** Confirmations; -1 known and off the chain; undefined unknown. */
  readonly known: number | undefined
  readonly holder: string | undefined
  readonly to: BlockVerdict
}

const CASES: readonly Case[] = [
  // On the best chain: by confirmations alone, whatever it was taken for.
  { from: 'candidate', known: 1, holder: OURS, to: { status: 'immature', confirmations: 1 } },
  { from: 'immature', known: 100, holder: OURS, to: { status: 'immature', confirmations: 100 } },
  { from: 'immature', known: 101, holder: OURS, to: { status: 'mature', confirmations: 101 } },
  { from: 'stale', known: 2, holder: OURS, to: { status: 'immature', confirmations: 2 } },
  { from: 'stale', known: 150, holder: OURS, to: { status: 'mature', confirmations: 150 } },
  // Known, and not on the best chain.
  { from: 'candidate', known: -1, holder: THEIRS, to: { status: 'stale', confirmations: 0 } },
  { from: 'candidate', known: -1, holder: undefined, to: { status: 'candidate', confirmations: 0 } },
  { from: 'immature', known: -1, holder: undefined, to: { status: 'stale', confirmations: 0 } },
  { from: 'mature', known: -1, holder: undefined, to: { status: 'stale', confirmations: 0 } },
  // Not known: only another block at its height proves anything.
  { from: 'candidate', known: undefined, holder: undefined, to: { status: 'candidate', confirmations: 0 } },
  { from: 'candidate', known: undefined, holder: THEIRS, to: { status: 'stale', confirmations: 0 } },
  { from: 'immature', known: undefined, holder: undefined, to: { status: 'immature', confirmations: 7 } },
  { from: 'immature', known: undefined, holder: THEIRS, to: { status: 'stale', confirmations: 0 } },
  { from: 'stale', known: undefined, holder: undefined, to: { status: 'stale', confirmations: 0 } },
]

describe('judgeBlock', () => {
  it.each(CASES)(
    '$from, confirmations $known, height held by $holder',
    async ({ from, known, holder, to }) => {
      const block = { hash: OURS, height: 5, status: from, confirmations: 7 }
      const chain = { confirmationsOf: () => Promise.resolve(known), hashAt: () => Promise.resolve(holder) }
      expect(await judgeBlock(block, chain)).toEqual(to)
    },
  )

  it('concludes nothing from an answer that did not come', async () => {
    const away = () => Promise.reject(new Error('no answer'))
    const block = { hash: OURS, height: 5, status: 'immature', confirmations: 7 } as const
    await expect(judgeBlock(block, { confirmationsOf: away, hashAt: away })).rejects.toThrow('no answer')
  })
})
