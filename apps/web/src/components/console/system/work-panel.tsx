import { formatCount } from '../../../format/count'
import { formatRatio } from '../../../format/percent'
import { formatDuration } from '../../../format/time'
import { Age } from '../../age'
import { Amount } from '../../amount'
import { Empty } from '../../empty'
import { Hint } from '../../hint'
import { Notice } from '../../notice'
import { Panel } from '../../panel'
import { Reading } from '../../reading'
import { Cell, Row, Rows, type Column } from '../../rows'
import { WHY_UNKNOWN } from '../../status/status-state'
import type { JobDetails, NodesState } from './system-state'

const MAX_WEIGHT = 4_000_000

const REASONS: Readonly<Record<JobDetails['reason'], string>> = {
  'new-tip': 'a new block: empty, at once',
  'first-template': 'the first full one of its block',
  fees: 'it pays enough more',
  age: 'the one before was due',
}

interface WorkPanelProps {
  readonly work: NodesState['work']
  /** Undefined: miners have no work, or nobody says. */
  readonly jobAgeMs: number | undefined
}

export function WorkPanel({ work, jobAgeMs }: WorkPanelProps) {
  const newest = work.known ? work.value.jobs[0] : undefined
  if (!work.known || newest === undefined)
    return (
      <Panel title="Work">
        <Empty title={work.known ? 'No job yet' : WHY_UNKNOWN[work.why]}>
          serve tells of each job that it gives to miners.
        </Empty>
      </Panel>
    )
  return (
    <Panel
      title="Work"
      hint={
        <Hint term="work">
          A job is made of a node&apos;s template: empty and at once on a new block, then full, then again
          when fees have risen or the template is due. Miners hear of each; only the first of a block makes
          them drop what they had.
        </Hint>
      }
    >
      {jobAgeMs === undefined && (
        <div className="mb-4">
          <Notice tone="wrong" title="Miners have no work">
            What stands here is the last they had. The state of the nodes says why.
          </Notice>
        </div>
      )}
      <Newest job={newest} jobAgeMs={jobAgeMs} />
      <h3 className="mt-6 mb-2">The newest jobs</h3>
      <Rows caption="The newest jobs" columns={COLUMNS}>
        {work.value.jobs.map((job) => (
          <JobRow key={job.jobId} job={job} />
        ))}
      </Rows>
    </Panel>
  )
}

function Newest({ job, jobAgeMs }: { readonly job: JobDetails; readonly jobAgeMs: number | undefined }) {
  const { node, reason, height, transactionCount, weight, sizeBytes } = job
  const { coinbaseBytes, largestCoinbaseBytes, feesSats, coinbaseValueSats } = job
  return (
    <dl className="grid grid-cols-2 gap-x-8 gap-y-5 lg:grid-cols-4">
      <Reading label="Template of" note={REASONS[reason]}>
        <span className="wrap-anywhere">{node}</span>
      </Reading>
      <Reading
        label="Height"
        note={jobAgeMs === undefined ? 'no work now' : `template ${formatDuration(jobAgeMs)} old`}
      >
        {formatCount(height)}
      </Reading>
      <Reading label="Transactions" note={transactionCount === 0 ? 'an empty block' : 'and the coinbase'}>
        {formatCount(transactionCount)}
      </Reading>
      <Reading
        label="Fees"
        note={
          <>
            of <Amount sats={coinbaseValueSats} /> in all
          </>
        }
      >
        <Amount sats={feesSats} />
      </Reading>
      <Reading label="Weight" note={`${formatRatio(weight / MAX_WEIGHT)} of what a block may have`}>
        {formatCount(weight)}
      </Reading>
      <Reading label="Size">{formatCount(sizeBytes)} B</Reading>
      <Reading
        label="Coinbase"
        note={
          largestCoinbaseBytes > coinbaseBytes
            ? `up to ${formatCount(largestCoinbaseBytes)} B on direct ports`
            : 'without witness'
        }
      >
        {formatCount(coinbaseBytes)} B
      </Reading>
      <Reading label="Job" note={<Age atMs={job.atMs} />}>
        <span className="font-mono text-base">{job.jobId}</span>
      </Reading>
    </dl>
  )
}

const COLUMNS: readonly Column[] = [
  { name: 'Job' },
  { name: 'Why' },
  { name: 'Node' },
  { name: 'Height', numeric: true },
  { name: 'Transactions', numeric: true },
  { name: 'Fees', numeric: true },
  { name: 'Given', numeric: true },
]

function JobRow({ job }: { readonly job: JobDetails }) {
  const { jobId, reason, node, height, transactionCount, feesSats, atMs, cleanJobs } = job
  return (
    <Row>
      <Cell label="Job">
        <span className="font-mono text-[0.8125rem]">{jobId}</span>
      </Cell>
      <Cell label="Why" span={2}>
        {REASONS[reason]}
        {cleanJobs && <span className="text-faint block text-xs">miners dropped what they had</span>}
      </Cell>
      <Cell label="Node">
        <span className="wrap-anywhere">{node}</span>
      </Cell>
      <Cell label="Height" numeric>
        {formatCount(height)}
      </Cell>
      <Cell label="Transactions" numeric>
        {transactionCount === 0 ? 'empty' : formatCount(transactionCount)}
      </Cell>
      <Cell label="Fees" numeric span={2}>
        <Amount sats={feesSats} />
      </Cell>
      <Cell label="Given" numeric>
        <Age atMs={atMs} />
      </Cell>
    </Row>
  )
}
