import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeJob, type ExpectedJob, type SeenJob } from '../../src/canary/judge-job.js'
import { buildJob } from '../../src/job/build-job.js'
import { EXTRANONCE2_SIZE, type Job } from '../../src/job/job.js'
import { classVariants, soloVariant } from '../../src/job/job-variant.js'
import { directTo } from '../job/direct-to.js'
import { extranonces, jobParts } from '../job/job-parts.js'
import { plannedOutputs, scriptOf } from '../job/planned-outputs.js'

const REST = scriptOf('p2wpkh', 9_999)
const seen = (job: Job, extranonce1: Uint8Array, changes: Partial<SeenJob> = {}): SeenJob => ({
  ...job,
  extranonce1,
  extranonce2Size: EXTRANONCE2_SIZE,
  difficulty: 1024,
  ...changes,
})
const expectedOf = (parts: ExpectedJob['parts']): ExpectedJob => ({
  network: 'mainnet',
  restScript: REST,
  parts,
  paysMiners: false,
  minDifficulty: 1,
  maxDifficulty: 1e6,
  lastPrevHash: undefined,
})
/** At a height whose subsidy the value covers. */
const parts = jobParts.filter(({ template }) => template.height > 0 && template.height < 0x7fffffff)

describe('a job that is looked at', () => {
  it('is fine when it pays what the plan says, on either kind of port', () => {
    fc.assert(
      fc.property(parts, extranonces, plannedOutputs(3), (given, { extranonce1 }, fixed) => {
        const job = buildJob({ ...given, plan: { restScript: REST, fixed, solo: fixed } })
        for (const variant of [job, soloVariant(job, REST)]) {
          const judged = judgeJob(seen(variant, extranonce1), expectedOf(fixed))
          expect(judged).toEqual({ height: given.template.height, problems: [] })
        }
      }),
    )
  })

  it('is not when anybody is paid anything else', () => {
    fc.assert(
      fc.property(
        parts,
        extranonces,
        fc.integer({ min: 1, max: 9_999 }),
        (given, { extranonce1 }, basisPoints) => {
          const fixed = [{ script: scriptOf('p2tr', 1), basisPoints }]
          const job = buildJob({
            ...given,
            plan: { restScript: scriptOf('p2tr', 2), fixed, solo: fixed },
          })
          const { problems } = judgeJob(seen(job, extranonce1), expectedOf(fixed))
          expect(problems.length).toBeGreaterThanOrEqual(2)
          expect(judgeJob(seen(soloVariant(job, REST), extranonce1), expectedOf([])).problems).not.toEqual([])
        },
      ),
    )
  })

  it('may pay miners on a direct port, and still owes the parts to whom they are due', () => {
    fc.assert(
      fc.property(
        parts,
        extranonces,
        fc.integer({ min: 100, max: 5_000 }),
        (given, { extranonce1 }, basisPoints) => {
          const fixed = [{ script: scriptOf('p2tr', 1), basisPoints }]
          const plan = { restScript: REST, fixed, solo: fixed }
          const job = buildJob({
            ...given,
            plan,
            direct: directTo(scriptOf('p2tr', 3), scriptOf('p2pkh', 4)),
          })
          const largest = classVariants(job).at(-1)!
          expect(largest).not.toBe(job)
          const problemsOf = (expected: Partial<ExpectedJob>): readonly string[] =>
            judgeJob(seen(largest, extranonce1), { ...expectedOf(fixed), ...expected }).problems
          expect(problemsOf({ paysMiners: true })).toEqual([])
          expect(problemsOf({ paysMiners: false })).not.toEqual([])
          const other = [{ script: scriptOf('p2tr', 1), basisPoints: basisPoints + 1 }]
          expect(problemsOf({ paysMiners: true, parts: other })).not.toEqual([])
        },
      ),
    )
  })

  it('is not when its value, its difficulty, its flag or its bytes are wrong', () => {
    const [given] = fc.sample(parts, 1)
    const template = { ...given!.template, height: 100, coinbaseValueSats: 4_999_999_999n }
    const job = buildJob({ ...given!, template, plan: { restScript: REST, fixed: [], solo: [] } })
    const problemsOf = (changes: Partial<SeenJob>, expected: Partial<ExpectedJob> = {}): string =>
      judgeJob(seen(job, new Uint8Array(5), changes), { ...expectedOf([]), ...expected }).problems.join('; ')
    expect(problemsOf({})).toContain('less than the subsidy')
    expect(problemsOf({ difficulty: 0.5 })).toContain('its difficulty 0.5 is not between 1 and')
    expect(problemsOf({ difficulty: Number.NaN })).toContain('its difficulty')
    expect(problemsOf({ extranonce2Size: 4 })).toContain('no transaction')
    const lastPrevHash = new Uint8Array(32).fill(1)
    expect(problemsOf({ cleanJobs: false }, { lastPrevHash })).toContain('without clean_jobs')
    expect(problemsOf({ cleanJobs: true }, { lastPrevHash })).not.toContain('clean_jobs')
    expect(problemsOf({ cleanJobs: false }, { lastPrevHash: job.prevHash })).not.toContain('clean_jobs')
  })
})
