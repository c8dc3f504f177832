import { formatDuration, formatUtc } from '../../format/time'
import { Age } from '../age'
import { Empty } from '../empty'
import { Cell, Row, Rows, type Column } from '../rows'
import { PART_NAMES, STATE_LOOKS, type IncidentEntry, type PartsAnswer } from './parts-state'

const COLUMNS: readonly Column[] = [
  { name: 'Part' },
  { name: 'State' },
  { name: 'What' },
  { name: 'Began', numeric: true },
  { name: 'Lasted', numeric: true },
  { name: 'How it ended' },
]

/** What went wrong in the last 90 days, the newest first. */
export function IncidentList({ answer: { incidents, isCut } }: { readonly answer: PartsAnswer }) {
  if (incidents.length === 0)
    return (
      <Empty title="None is known of the last 90 days">
        What is wrong for half a minute stands here, and stays.
      </Empty>
    )
  return (
    <>
      <Rows caption="Incidents" columns={COLUMNS} isWide>
        {incidents.map((incident) => (
          <IncidentRow key={`${incident.part}-${incident.openedAtMs}-${incident.kind}`} incident={incident} />
        ))}
      </Rows>
      {isCut && <p className="text-faint mt-3 text-sm">The newest {incidents.length}; there were more.</p>}
    </>
  )
}

function IncidentRow({ incident }: { readonly incident: IncidentEntry }) {
  const { part, kind, text, openedAtMs, closedAtMs, ended } = incident
  return (
    <Row>
      <Cell label="Part" span={2}>
        <span className="font-medium">{PART_NAMES[part]}</span>
      </Cell>
      <Cell label="State">{STATE_LOOKS[kind].text}</Cell>
      <Cell label="What" span={3}>
        <span className="wrap-anywhere">{text}</span>
      </Cell>
      <Cell label="Began" numeric>
        <Age atMs={openedAtMs} />
      </Cell>
      <Cell label="Lasted" numeric>
        {closedAtMs === undefined ? (
          <span className="text-oxide font-medium">it lasts</span>
        ) : (
          <span title={`until ${formatUtc(closedAtMs)}`}>{formatDuration(closedAtMs - openedAtMs)}</span>
        )}
      </Cell>
      <Cell label="How it ended" span={3}>
        <span className="text-quiet wrap-anywhere">{ended ?? 'not yet'}</span>
      </Cell>
    </Row>
  )
}
