import { expect, test } from 'vitest'
import type { PayoutBatch, PayoutVersion } from '../../src/payout/batch.js'
import { MAX_VERSIONS, nextStep, type Sighting, type StepOptions } from '../../src/payout/next-step.js'

const OPTIONS: StepOptions = { confirmations: 6, bumpAfterMs: 1_000, isPaused: false, nowMs: 10_000 }
const HASH = 'a'.repeat(64)

function version(number: number, stage: 'funded' | 'signed' | 'sent', sentAtMs = 9_500): PayoutVersion {
  return {
    number,
    psbt: '',
    unsigned: { version: 2, locktime: 0, inputs: [], outputs: [] },
    feeSats: 1n,
    feeRate: 1,
    fundedHeight: 1,
    fundedAtMs: 0,
    signed: stage === 'funded' ? undefined : { raw: new Uint8Array(), txid: `${number}` },
    sentAtMs: stage === 'sent' ? sentAtMs : undefined,
  }
}

function batch(
  state: PayoutBatch['state'],
  versions: readonly PayoutVersion[],
  more: Partial<PayoutBatch> = {},
) {
  return {
    id: 1n,
    state,
    feePayer: 'pool',
    totalSats: 1n,
    createdAtMs: 0,
    awaitsApproval: false,
    bumpRequested: false,
    items: [],
    versions,
    place: undefined,
    ...more,
  } satisfies PayoutBatch
}

const confirmed = (confirmations: number, blockHash = HASH): Sighting => ({
  kind: 'confirmed',
  blockHash,
  height: 100,
  confirmations,
})
const step = (
  one: PayoutBatch,
  seen: readonly [number, Sighting][] = [],
  options: Partial<StepOptions> = {},
) => nextStep(one, new Map(seen), { ...OPTIONS, ...options })

const MEMPOOL: Sighting = { kind: 'mempool' }
const ABSENT: Sighting = { kind: 'absent' }
const place = { version: 1, blockHash: HASH, height: 100 }

test('on its way out: fund, sign, send', () => {
  expect(step(batch('planned', []))).toEqual({ kind: 'fund' })
  expect(step(batch('funded', [version(1, 'funded')]))).toMatchObject({
    kind: 'sign',
    version: { number: 1 },
  })
  expect(step(batch('signed', [version(1, 'signed')]))).toMatchObject({
    kind: 'send',
    version: { number: 1 },
  })
})

test('nothing leaves without approval, or while payouts are paused', () => {
  expect(step(batch('planned', [], { awaitsApproval: true }))).toEqual({ kind: 'wait', why: 'approval' })
  const stages = [
    batch('planned', []),
    batch('funded', [version(1, 'funded')]),
    batch('signed', [version(1, 'signed')]),
  ]
  for (const one of stages) expect(step(one, [], { isPaused: true })).toEqual({ kind: 'wait', why: 'paused' })
  const bumping = batch('broadcast', [version(1, 'sent'), version(2, 'signed')])
  expect(step(bumping, [[1, MEMPOOL]], { isPaused: true })).toEqual({ kind: 'wait', why: 'paused' })
  const stuck = batch('broadcast', [version(1, 'sent', 0)])
  expect(step(stuck, [[1, MEMPOOL]], { isPaused: true })).toEqual({ kind: 'wait', why: 'block' })
})

test('what is out is followed also while payouts are paused', () => {
  const out = batch('broadcast', [version(1, 'sent')])
  expect(step(out, [[1, ABSENT]], { isPaused: true })).toEqual({ kind: 'resend' })
  expect(step(out, [[1, confirmed(1)]], { isPaused: true })).toMatchObject({ kind: 'confirm' })
})

test('a version that is found in the chain is followed, also when nobody wrote down that it was sent', () => {
  const signed = batch('signed', [version(1, 'signed')])
  expect(step(signed, [[1, confirmed(1)]])).toMatchObject({ kind: 'confirm', version: { number: 1 } })
  const two = batch('broadcast', [version(1, 'sent'), version(2, 'funded')])
  expect(step(two, [[1, confirmed(3)]])).toMatchObject({ kind: 'confirm', version: { number: 1 } })
})

test('it is settled by as many blocks as are asked for, and then left alone', () => {
  const one = batch('confirmed', [version(1, 'sent')], { place })
  expect(step(one, [[1, confirmed(5)]])).toEqual({ kind: 'wait', why: 'block' })
  expect(step(one, [[1, confirmed(6)]])).toEqual({ kind: 'settle' })
  expect(step({ ...one, state: 'settled' }, [[1, confirmed(7)]])).toEqual({ kind: 'wait', why: 'done' })
  expect(step(batch('cancelled', [version(1, 'sent')]), [[1, ABSENT]])).toEqual({ kind: 'wait', why: 'done' })
})

test('a reorganisation moves it to another block, back to the mempool, or on to another version', () => {
  const one = batch('confirmed', [version(1, 'sent'), version(2, 'sent')], { place })
  expect(step(one, [[1, confirmed(6, 'b'.repeat(64))]])).toMatchObject({ kind: 'confirm' })
  expect(step(one, [[1, MEMPOOL]])).toEqual({ kind: 'reopen' })
  expect(step(one, [[2, confirmed(6)]])).toMatchObject({ kind: 'confirm', version: { number: 2 } })
  const settled = { ...one, state: 'settled' as const }
  expect(step(settled, [[1, ABSENT]])).toEqual({ kind: 'reopen' })
  expect(step(settled, [[2, confirmed(6)]])).toEqual({ kind: 'reopen' })
})

test('what is stuck, or an operator says is, gets a higher fee, so many times', () => {
  const out = batch('broadcast', [version(1, 'sent', 9_001)])
  expect(step(out, [[1, MEMPOOL]])).toEqual({ kind: 'wait', why: 'block' })
  expect(step(out, [[1, MEMPOOL]], { nowMs: 10_001 })).toMatchObject({ kind: 'bump', version: { number: 1 } })
  expect(step(out, [[1, MEMPOOL]], { nowMs: 10_001, bumpAfterMs: undefined })).toMatchObject({ kind: 'wait' })
  expect(step({ ...out, bumpRequested: true }, [[1, MEMPOOL]])).toMatchObject({ kind: 'bump' })
  const many = Array.from({ length: MAX_VERSIONS }, (_, i) => version(i + 1, 'sent', 0))
  expect(step(batch('broadcast', many, { bumpRequested: true }), [[1, MEMPOOL]])).toMatchObject({
    kind: 'wait',
  })
})
