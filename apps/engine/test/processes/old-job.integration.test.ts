import { equalBytes } from '@headframe/core/bytes'
import { jobNumberAt, positionOfWireJobId } from '@headframe/core/stratum/job-position'
import type { PoolJob } from '@headframe/miner/pool-job'
import { solve, type Solution } from '@headframe/miner/solve'
import type { StratumClient } from '@headframe/miner/stratum-client'
import { expect, test } from 'vitest'
import { MAX_JOBS } from '../../src/jobs/job-store.js'
import { ownNode } from '../own-node.js'
import { until } from '../until.js'
import { LONG_MS, NOBODY, openServe, type ServeProcess } from './serve-process.js'

const JOB_NOT_FOUND = {
  isAccepted: false,
  code: 21,
  text: 'Job not found: unknown, or too old to be kept',
}

const node = ownNode()

const numberOf = ({ jobId }: PoolJob): number => jobNumberAt(positionOfWireJobId(jobId)!)

/** Another one for each extranonce2. */
const shareOf = (job: PoolJob, extranonce2: number): Solution => solve(job, { extranonce2 })

/** Until the job's process had to forget it for newer ones. */
async function outlive(miner: StratumClient, first: PoolJob): Promise<PoolJob> {
  let job = first
  while (numberOf(job) - numberOf(first) < MAX_JOBS) {
    const { prevHash } = job
    await node().rpc('generatetoaddress', [1, NOBODY])
    job = await miner.jobWhere((next) => !equalBytes(next.prevHash, prevHash))
  }
  return job
}

async function sharesIn({ database }: ServeProcess): Promise<number> {
  const { rows } = await database.pool.query<{ count: string }>(
    'SELECT coalesce(sum(share_count), 0) AS count FROM segment',
  )
  return Number(rows[0]!.count)
}

async function rejectsIn({ database }: ServeProcess): Promise<{ reason: string; count: number }[]> {
  const { rows } = await database.pool.query<{ reason: string; count: string }>(
    'SELECT reason, sum(count) AS count FROM segment_reject GROUP BY reason',
  )
  return rows.map(({ reason, count }) => ({ reason, count: Number(count) }))
}

test(
  'a share of a job that is too old, or that never was, is answered with 21 and costs nothing else',
  async () => {
    const { url, zmqRawblockUrl } = node()
    const serve = await openServe({
      nodeUrl: `${url} rawblock=${zmqRawblockUrl}`,
      port: 'fixed=1e-9',
      processes: 1,
      // On regtest a share is a block: those on one tip count for as long as the test may take.
      environment: { LATE_SHARE_SECONDS: '60' },
    })
    await serve.start()
    const miner = await serve.connectMiner()
    const first = await miner.jobWhere()
    expect(await miner.submit(shareOf(first, 0))).toEqual({ isAccepted: true })
    const last = await outlive(miner, first)

    // In one go, so that the answers and the credit of those between are seen to be their own.
    const answers = await Promise.all([
      miner.submit(shareOf(last, 1)),
      miner.submit(shareOf(first, 1)),
      miner.submit(shareOf(last, 2)),
      miner.submit({ ...shareOf(last, 3), jobId: 'ffffffff00' }),
      // What was credited while its job was known is not asked about again.
      miner.submit(shareOf(first, 0)),
      miner.submit(shareOf(last, 3)),
    ])
    const credited = { isAccepted: true }
    expect(answers).toEqual([credited, JOB_NOT_FOUND, credited, JOB_NOT_FOUND, JOB_NOT_FOUND, credited])
    expect(miner.isOpen).toBe(true)
    await until(async () => (await sharesIn(serve)) === 4)
    await until(async () => (await rejectsIn(serve)).length > 0)
    expect(await rejectsIn(serve)).toEqual([{ reason: 'job-not-found', count: 3 }])
  },
  LONG_MS,
)
