import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesToHex } from '../../src/bytes.js'
import { targetOfNbits, targetToBytes } from '../../src/chain/target.js'
import { EXTRANONCE1_SIZE, EXTRANONCE2_SIZE, type Job } from '../../src/job/job.js'
import type { AssignedJob, Submission } from '../../src/share/share.js'
import { ShareValidator } from '../../src/share/validate-share.js'
import { parseSubmit } from '../../src/stratum/params/submit.js'
import { ASSIGNED, JOB, MASK, NOW_SECONDS, numberOf, referenceHash, SUBMISSION } from './share-case.js'

interface Case {
  readonly assigned: AssignedJob
  readonly submission: Submission
}

const u32 = fc.integer({ min: 0, max: 0xffffffff })
const bytes = (size: number) => fc.uint8Array({ minLength: size, maxLength: size })
const target = fc.bigInt({ min: 1n, max: (1n << 256n) - 1n })
/** Bits of a number that lie within another. */
const within = (mask: number) => u32.map((value) => (value & mask) >>> 0)

const anyJob: fc.Arbitrary<Job> = fc
  .record({
    version: u32,
    prevHash: bytes(32),
    nbits: fc.constantFrom(0x207fffff, 0x2007ffff, 0x1d00ffff),
    coinbasePrefix: fc.uint8Array({ minLength: 42, maxLength: 140 }),
    coinbaseSuffix: fc.uint8Array({ minLength: 40, maxLength: 2000 }),
    merklePath: fc.array(bytes(32), { maxLength: 13 }),
  })
  .map((fields) => ({ ...JOB, ...fields }))

const anyCase: fc.Arbitrary<Case> = fc.constantFrom(0, MASK, 0x1ffe0000).chain((versionMask) =>
  fc.record({
    assigned: fc.record({
      job: anyJob,
      extranonce1: bytes(EXTRANONCE1_SIZE),
      assignedDifficulty: fc.constant(1),
      shareTarget: target.map(targetToBytes),
      versionMask: fc.constant(versionMask),
    }),
    submission: fc.record({
      extranonce2: bytes(EXTRANONCE2_SIZE),
      ntime: fc.integer({ min: JOB.mintime, max: NOW_SECONDS + 600 }),
      nonce: u32,
      versionBits: fc.option(within(versionMask), { nil: undefined }),
    }),
  }),
)

const validator = new ShareValidator()

function judge(assigned: AssignedJob, submission: Submission, nowSeconds = NOW_SECONDS) {
  const check = validator.validate(assigned, assigned.extranonce1, submission, nowSeconds)
  return { ...check, hash: bytesToHex(check.hash), header: bytesToHex(check.header) }
}

/** The case with a share target so many above its own hash (below, when negative). */
function withTargetBeside(assigned: AssignedJob, submission: Submission, distance: bigint): AssignedJob {
  return { ...assigned, shareTarget: targetToBytes(numberOf(judge(assigned, submission).hash) + distance) }
}

describe('a submission', () => {
  it('is judged as hex and bigint arithmetic judge it', () => {
    fc.assert(
      fc.property(anyCase, ({ assigned, submission }) => {
        const hash = referenceHash(assigned, submission)
        const check = judge(assigned, submission)
        expect(check.hash).toBe(hash)
        expect(check.isHashed).toBe(true)
        expect(check.isBlock).toBe(numberOf(hash) <= targetOfNbits(assigned.job.nbits)!)
        const isShare = numberOf(hash) <= numberOf(bytesToHex(assigned.shareTarget))
        expect(check.reason).toBe(isShare ? undefined : 'difficulty-too-low')
      }),
      { numRuns: 500 },
    )
  })

  it('hashes to something else when any one of its fields differs', () => {
    const mutants: fc.Arbitrary<Partial<Submission>>[] = [
      fc.integer({ min: 0, max: 8 * EXTRANONCE2_SIZE - 1 }).map((bit) => {
        const extranonce2 = Uint8Array.from(SUBMISSION.extranonce2)
        extranonce2[bit >> 3]! ^= 1 << (bit & 7)
        return { extranonce2 }
      }),
      fc.integer({ min: JOB.mintime, max: NOW_SECONDS }).map((ntime) => ({ ntime })),
      u32.map((nonce) => ({ nonce })),
      within(MASK).map((versionBits) => ({ versionBits })),
    ]
    fc.assert(
      fc.property(fc.oneof(...mutants), (mutant) => {
        const mutated = { ...SUBMISSION, ...mutant }
        fc.pre(Object.keys(mutant).some((key) => !isSame(mutated, SUBMISSION, key as keyof Submission)))
        expect(judge(ASSIGNED, mutated).hash).not.toBe(judge(ASSIGNED, SUBMISSION).hash)
      }),
    )
    const otherSession = { ...ASSIGNED, extranonce1: new Uint8Array(EXTRANONCE1_SIZE) }
    expect(judge(otherSession, SUBMISSION).hash).not.toBe(judge(ASSIGNED, SUBMISSION).hash)
  })

  it('has the same hash in either case of its hex, with or without leading zeros', () => {
    const hex = ['0000002a00', 'abcdef0123456789', JOB.ntime.toString(16), '00c0ffee', '0000a000']
    const forms = [
      hex,
      hex.map((field) => field.toUpperCase()),
      [...hex.slice(0, 3), 'c0ffee', 'a000'],
      [...hex.slice(0, 3), 'C0FFEE', 'A000'],
    ]
    const hashes = forms.map((form) => {
      const params = parseSubmit(['address', ...form])
      if ('malformed' in params) throw new Error(params.malformed)
      return judge(ASSIGNED, params.submission).hash
    })
    expect(new Set(hashes).size).toBe(1)
  })
})

function isSame(a: Submission, b: Submission, key: keyof Submission): boolean {
  return JSON.stringify(a[key]) === JSON.stringify(b[key])
}

describe('the two targets', () => {
  const neverBlock: AssignedJob = { ...ASSIGNED, job: { ...JOB, nbits: 0x03000001 } }
  const lucky = findNonce((check) => check.isBlock)

  it('take a hash that equals the share target, and refuse one above it by 1', () => {
    expect(judge(withTargetBeside(ASSIGNED, SUBMISSION, 0n), SUBMISSION).reason).toBeUndefined()
    expect(judge(withTargetBeside(ASSIGNED, SUBMISSION, -1n), SUBMISSION).reason).toBe('difficulty-too-low')
  })

  it('find a block in a hash that is no share', () => {
    const check = judge(withTargetBeside(ASSIGNED, lucky, -1n), lucky)
    expect([check.isBlock, check.reason]).toEqual([true, 'difficulty-too-low'])
  })

  it('find a share in a hash that is no block', () => {
    const check = judge(neverBlock, SUBMISSION)
    expect([check.isBlock, check.reason]).toEqual([false, undefined])
  })

  it('find both, or neither', () => {
    const both = judge(ASSIGNED, lucky)
    expect([both.isBlock, both.reason]).toEqual([true, undefined])
    const neither = judge(withTargetBeside(neverBlock, SUBMISSION, -1n), SUBMISSION)
    expect([neither.isBlock, neither.reason]).toEqual([false, 'difficulty-too-low'])
  })

  it('follow the nbits of each job, whatever job came before', () => {
    expect(judge(ASSIGNED, lucky).isBlock).toBe(true)
    expect(judge(neverBlock, lucky).isBlock).toBe(false)
    expect(judge(ASSIGNED, lucky).isBlock).toBe(true)
    const senseless = { ...ASSIGNED, job: { ...JOB, nbits: 0x01800000 } }
    expect(() => judge(senseless, lucky)).toThrow('1800000')
  })

  function findNonce(wanted: (check: ReturnType<typeof judge>) => boolean): Submission {
    for (let nonce = 0; ; nonce++) {
      const submission = { ...SUBMISSION, nonce }
      if (wanted(judge(ASSIGNED, submission))) return submission
    }
  }
})

describe('extranonce2', () => {
  it("of any size but the job's is refused before it is hashed", () => {
    for (let size = 0; size <= 32; size++) {
      const check = judge(ASSIGNED, { ...SUBMISSION, extranonce2: new Uint8Array(size) })
      if (size === EXTRANONCE2_SIZE) expect(check.isHashed).toBe(true)
      else
        expect([check.reason, check.isHashed, check.isBlock]).toEqual(['bad-extranonce-size', false, false])
    }
  })
})

describe('version bits', () => {
  it('outside the mask are refused, and not masked away', () => {
    fc.assert(
      fc.property(fc.constantFrom(0, MASK, 0x1ffe0000), u32, (versionMask, versionBits) => {
        const check = judge({ ...ASSIGNED, versionMask }, { ...SUBMISSION, versionBits })
        const isInside = (versionBits & ~versionMask) === 0
        expect(check.isHashed).toBe(isInside)
        expect(check.reason).toBe(isInside ? undefined : 'bad-version-bits')
        if (isInside) expect(check.version).toBe((0x20000000 | versionBits) >>> 0)
      }),
    )
  })

  it('replace those of the job (BIP 310), and without them the job keeps its own', () => {
    const assigned = { ...ASSIGNED, job: { ...JOB, version: 0xb0004001 } }
    expect(judge(assigned, { ...SUBMISSION, versionBits: 0x2000 }).version).toBe(0xa0002001)
    expect(judge(assigned, { ...SUBMISSION, versionBits: 0 }).version).toBe(0xa0000001)
    expect(judge(assigned, { ...SUBMISSION, versionBits: undefined }).version).toBe(0xb0004001)
  })
})

describe('ntime', () => {
  const judgeNtime = (ntime: number, assigned = ASSIGNED, nowSeconds = NOW_SECONDS) =>
    judge(assigned, { ...SUBMISSION, ntime }, nowSeconds)

  it('before mintime, or two hours ahead of the clock, cannot be a block and is not hashed', () => {
    for (const ntime of [0, JOB.mintime - 1, NOW_SECONDS + 7201, 0xffffffff]) {
      const check = judgeNtime(ntime)
      expect([check.reason, check.isHashed, check.isBlock]).toEqual(['bad-ntime', false, false])
    }
  })

  it('may be rolled ten minutes ahead of the time that has passed since the job', () => {
    expect(judgeNtime(JOB.mintime).reason).toBeUndefined()
    expect(judgeNtime(JOB.ntime + 120 + 600).reason).toBeUndefined()
    expect(judgeNtime(JOB.ntime + 120 + 601).reason).toBe('bad-ntime')
  })

  it('rolled further earns nothing, but a block is a block', () => {
    let blocks = 0
    for (let nonce = 0; nonce < 20; nonce++) {
      const check = judge(ASSIGNED, { ...SUBMISSION, nonce, ntime: NOW_SECONDS + 7200 })
      expect(check.reason).toBe('bad-ntime')
      if (check.isBlock) blocks++
    }
    expect(blocks).toBeGreaterThan(0)
  })

  it('follows a job that is dated ahead of the clock', () => {
    const ahead = { ...ASSIGNED, job: { ...JOB, ntime: NOW_SECONDS + 5000, mintime: NOW_SECONDS + 5000 } }
    expect(judgeNtime(NOW_SECONDS + 5000, ahead).reason).toBeUndefined()
    expect(judgeNtime(NOW_SECONDS + 5000 + 720, ahead).reason).toBeUndefined()
    expect(judgeNtime(NOW_SECONDS + 4999, ahead).reason).toBe('bad-ntime')
  })

  it('counts no time as passed when the clock was set back', () => {
    const before = NOW_SECONDS - 1000
    expect(judgeNtime(JOB.ntime + 600, ASSIGNED, before).reason).toBeUndefined()
    expect(judgeNtime(JOB.ntime + 601, ASSIGNED, before).reason).toBe('bad-ntime')
  })
})

it('lets nothing of one submission reach the next', () => {
  fc.assert(
    fc.property(anyCase, anyCase, (first, second) => {
      const fresh = new ShareValidator()
      const alone = fresh.validate(
        second.assigned,
        second.assigned.extranonce1,
        second.submission,
        NOW_SECONDS,
      )
      judge(first.assigned, first.submission)
      const after = judge(second.assigned, second.submission)
      expect({ ...alone, hash: bytesToHex(alone.hash), header: bytesToHex(alone.header) }).toEqual(after)
    }),
  )
})
