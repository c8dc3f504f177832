import { formatCount } from '../../format/count'
import { Empty } from '../empty'
import { Hint } from '../hint'
import { Panel } from '../panel'
import { Cell, Row, Rows, type Column } from '../rows'
import { Unknown } from '../unknown'
import { WHY_UNKNOWN, type ProcessEntry, type StatusState } from './status-state'

const COLUMNS: readonly Column[] = [
  { name: 'Process' },
  { name: 'Connections', numeric: true },
  { name: 'Workers', numeric: true },
  {
    name: 'Loop delay',
    numeric: true,
    hint: (
      <Hint term="loop delay">
        How late the process came to its work in the last second: what 99 % of the delays were below.
      </Hint>
    ),
  },
  { name: 'Late shares', numeric: true },
  { name: 'Clients' },
]
/** Client profiles that are named; the rest is few. */
const MAX_PROFILES = 4

export function ProcessesPanel({ processes }: { readonly processes: StatusState['processes'] }) {
  return (
    <Panel title="Stratum processes">
      {processes.known ? (
        <Rows caption="Stratum processes" columns={COLUMNS}>
          {processes.value.map((entry) => (
            <ProcessRow key={entry[0]} entry={entry} />
          ))}
        </Rows>
      ) : (
        <Empty title={WHY_UNKNOWN[processes.why]}>Each process reports once a second.</Empty>
      )}
    </Panel>
  )
}

function ProcessRow({ entry: [name, report] }: { readonly entry: ProcessEntry }) {
  const { connections, workers, eventLoopDelayP99Ms, lateSharesCredited, profileHits } = report
  return (
    <Row>
      <Cell label="Process" span={3}>
        <span className="font-mono text-[0.8125rem]">{name}</span>
      </Cell>
      <Cell label="Connections" numeric>
        {formatCount(connections)}
      </Cell>
      <Cell label="Workers" numeric>
        {formatCount(workers)}
      </Cell>
      <Cell label="Loop delay" numeric>
        {eventLoopDelayP99Ms === undefined ? <Unknown why="it does not say" /> : `${eventLoopDelayP99Ms} ms`}
      </Cell>
      <Cell label="Late shares" numeric>
        {lateSharesCredited === undefined ? (
          <Unknown why="it does not say" />
        ) : (
          formatCount(lateSharesCredited)
        )}
      </Cell>
      <Cell label="Clients" span={2}>
        {profileText(profileHits ?? {})}
      </Cell>
    </Row>
  )
}

function profileText(hits: Readonly<Record<string, number>>): string {
  const used = Object.entries(hits).filter(([, count]) => count > 0)
  if (used.length === 0) return 'none yet'
  used.sort(([, a], [, b]) => b - a)
  return used
    .slice(0, MAX_PROFILES)
    .map(([name, count]) => `${name} ${formatCount(count)}`)
    .join(', ')
}
