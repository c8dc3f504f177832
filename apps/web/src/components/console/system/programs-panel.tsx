import clsx from 'clsx'
import { formatBytes } from '../../../format/bytes'
import { formatCount } from '../../../format/count'
import { formatDuration, formatUtc } from '../../../format/time'
import { Age } from '../../age'
import { Empty } from '../../empty'
import { Hint } from '../../hint'
import { Panel } from '../../panel'
import { Cell, Row, Rows, type Column } from '../../rows'
import { WHY_UNKNOWN } from '../../status/status-state'
import type { ProcessesState, ProgramState } from './system-state'

const COLUMNS: readonly Column[] = [
  { name: 'Process' },
  { name: 'Doing' },
  { name: 'Runs for', numeric: true },
  { name: 'Memory', numeric: true },
  {
    name: 'Loop delay',
    numeric: true,
    hint: (
      <Hint term="loop delay">
        How late the process came to its work in the last seconds: what 99 % of the delays were below. A
        stratum process should stay below 20 ms; more means that it has too much to do, or the machine has.
      </Hint>
    ),
  },
  { name: 'Version' },
]

const WHAT: Readonly<Record<ProgramState['program'], string>> = {
  primary: 'serve: watches nodes, makes jobs',
  stratum: 'serve: talks to miners',
  canary: 'serve: a miner of the pool’s own',
  shipper: 'serve: moves the journal to the database',
  settle: 'books, rollups, payouts, alerts',
  web: 'pages and API',
}

interface ProgramsPanelProps {
  readonly programs: ProcessesState['programs']
  readonly nowMs: number
}

export function ProgramsPanel({ programs, nowMs }: ProgramsPanelProps) {
  return (
    <Panel title="Processes">
      {programs.known ? (
        <>
          <Missing programs={programs.value} />
          <Rows caption="Processes" columns={COLUMNS} isWide>
            {programs.value.map((program) => (
              <ProgramRow key={`${program.host} ${program.pid}`} program={program} nowMs={nowMs} />
            ))}
          </Rows>
        </>
      ) : (
        <Empty title={WHY_UNKNOWN[programs.why]}>Each process tells of itself every two seconds.</Empty>
      )}
    </Panel>
  )
}

/** What is not there at all has no row of its own. */
function Missing({ programs }: { readonly programs: readonly ProgramState[] }) {
  const runs = (program: ProgramState['program']) =>
    programs.some((each) => each.program === program && !each.isSilent)
  const missing = (['primary', 'stratum', 'shipper', 'settle'] as const).filter((program) => !runs(program))
  if (missing.length === 0) return null
  return (
    <p role="status" className="text-oxide mb-4 font-medium">
      Not running, or it does not tell: {missing.join(', ')}.
    </p>
  )
}

function ProgramRow({ program: report, nowMs }: { readonly program: ProgramState; readonly nowMs: number }) {
  const { program, name, host, pid, doing, isSilent, atMs, startedAtMs, memoryBytes, version } = report
  const { connections, workers, eventLoopDelayP99Ms } = report
  return (
    <Row>
      <Cell label="Process" span={3}>
        <span className="inline-flex items-center gap-2 font-medium">
          <span
            aria-hidden="true"
            className={clsx(
              'size-2.5 rounded-full border',
              isSilent ? 'border-oxide bg-oxide' : 'border-copper bg-copper',
            )}
          />
          {program}
          {name !== '' && <span className="font-mono text-[0.8125rem] font-normal">{name}</span>}
        </span>
        <span className="text-faint block text-xs">
          {WHAT[program]}; {host}, pid {pid}
        </span>
      </Cell>
      <Cell label="Doing" span={3}>
        {isSilent ? (
          <span className="text-oxide">
            silent: told of itself last <Age atMs={atMs} />
          </span>
        ) : (
          <span className="wrap-anywhere">{doing}</span>
        )}
        {connections !== undefined && workers !== undefined && (
          <span className="text-faint block text-xs">
            {formatCount(connections)} {connections === 1 ? 'connection' : 'connections'},{' '}
            {formatCount(workers)} {workers === 1 ? 'worker' : 'workers'}
          </span>
        )}
      </Cell>
      <Cell label="Runs for" numeric>
        <span title={`since ${formatUtc(startedAtMs)}`}>
          {formatDuration((isSilent ? atMs : nowMs) - startedAtMs)}
        </span>
      </Cell>
      <Cell label="Memory" numeric>
        <span title={`${formatCount(memoryBytes)} bytes`}>{formatBytes(memoryBytes)}</span>
      </Cell>
      <Cell label="Loop delay" numeric>
        {eventLoopDelayP99Ms} ms
      </Cell>
      <Cell label="Version">{version}</Cell>
    </Row>
  )
}
