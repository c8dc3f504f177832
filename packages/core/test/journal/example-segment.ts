import { hexToBytes } from '../../src/bytes.js'
import { encodeSegment } from '../../src/journal/encode-segment.js'
import type { SegmentHeader, SegmentRecord } from '../../src/journal/segment.js'

/** Coinbase of Bitcoin's first block, whose header the example's second share has. */
const COINBASE = hexToBytes(
  '01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff4d04ffff001d0104455468652054' +
    '696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e206272696e6b206f66207365636f6e64206261696c6f7574' +
    '20666f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea' +
    '1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000',
)

const header: SegmentHeader = {
  network: 'mainnet',
  writerId: 's00-1f2e3d4c',
  incarnation: 1,
  segmentSeq: 0n,
  firstShareSeq: 0n,
  prevSegmentHash: new Uint8Array(32),
  openedAtMs: 1231006505000,
}

const share = {
  kind: 'share',
  jobRef: 0,
  workerRef: 0,
  acceptedAtMs: 1231006505123,
  assignedDifficulty: 1,
  extranonce1: COINBASE.subarray(42, 47),
  extranonce2: COINBASE.subarray(47, 55),
  ntime: 1231006505,
  nonce: 2083236893,
  version: 1,
} as const

const frames: SegmentRecord[][] = [
  [
    {
      kind: 'job',
      jobRef: 0,
      jobId: '0000002a',
      height: 0,
      version: 1,
      prevHash: new Uint8Array(32),
      nbits: 0x1d00ffff,
      coinbasePrefix: COINBASE.subarray(0, 42),
      coinbaseSuffix: COINBASE.subarray(55),
      merklePath: [],
    },
    {
      kind: 'worker',
      workerRef: 0,
      address: '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa',
      workerName: 'rig1',
      mode: 'pplns',
    },
    { ...share, assignedDifficulty: 2 ** -20, nonce: 4200 },
  ],
  [
    { ...share, acceptedAtMs: 1231006505999 },
    { kind: 'rejects', workerRef: 0, minuteMs: 1231006500000, reason: 'stale-share', count: 3 },
  ],
]

/** The segment that `docs/journal.md` shows. */
export const EXAMPLE = { header, frames, sealedAtMs: 1231006506000 }
export const exampleBytes = (): Uint8Array => encodeSegment(header, frames, EXAMPLE.sealedAtMs)
