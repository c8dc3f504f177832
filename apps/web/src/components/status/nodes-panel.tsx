import clsx from 'clsx'
import { formatCount } from '../../format/count'
import { formatDuration } from '../../format/time'
import { Age } from '../age'
import { Amount } from '../amount'
import { Empty } from '../empty'
import { Panel } from '../panel'
import { NODE_LOOKS } from '../pool/node-list'
import { Cell, Row, Rows, type Column } from '../rows'
import { Unknown } from '../unknown'
import { WHY_UNKNOWN, type NodeEntry, type StatusState } from './status-state'

const COLUMNS: readonly Column[] = [
  { name: 'Node' },
  { name: 'State' },
  { name: 'Changed', numeric: true },
  { name: 'Height', numeric: true },
  { name: 'Template', numeric: true },
  { name: 'Fees', numeric: true },
]

export function NodesPanel({ node }: { readonly node: StatusState['node'] }) {
  return (
    <Panel title="Bitcoin nodes">
      {node.known ? (
        <Rows caption="Bitcoin nodes" columns={COLUMNS}>
          {node.value.nodes.map((entry) => (
            <NodeRow key={entry.name} entry={entry} />
          ))}
        </Rows>
      ) : (
        <Empty title={WHY_UNKNOWN[node.why]}>serve says how its nodes are every two seconds.</Empty>
      )}
    </Panel>
  )
}

function NodeRow({ entry }: { readonly entry: NodeEntry }) {
  const { name, state, message, sinceMs, height, templateAgeMs, templateFeesSats, isChosen } = entry
  return (
    <Row>
      <Cell label="Node" span={2}>
        <span className="font-medium">{name}</span>
        {isChosen && <span className="text-copper ml-2 text-xs">in use</span>}
      </Cell>
      <Cell label="State" span={3}>
        <span className="inline-flex items-center gap-2">
          <span aria-hidden="true" className={clsx('size-2.5 rounded-full border', NODE_LOOKS[state].lamp)} />
          {NODE_LOOKS[state].text}
        </span>
        {message !== '' && <span className="text-faint block text-xs wrap-anywhere">{message}</span>}
      </Cell>
      <Cell label="Changed" numeric>
        <Age atMs={sinceMs} />
      </Cell>
      <Cell label="Height" numeric>
        {height === undefined ? <Unknown why="it has not said" /> : formatCount(height)}
      </Cell>
      <Cell label="Template" numeric>
        {templateAgeMs === undefined ? <Unknown why="it has none" /> : `${formatDuration(templateAgeMs)} old`}
      </Cell>
      <Cell label="Fees" numeric span={2}>
        {templateFeesSats === undefined ? (
          <Unknown why="it has no template" />
        ) : (
          <Amount sats={templateFeesSats} />
        )}
      </Cell>
    </Row>
  )
}
