import clsx from 'clsx'
import { formatCount } from '../../../format/count'
import { shorten } from '../../../format/shorten'
import { formatDuration } from '../../../format/time'
import { Age } from '../../age'
import { Amount } from '../../amount'
import { Empty } from '../../empty'
import { Hint } from '../../hint'
import { Lasting } from '../../lasting'
import { Panel } from '../../panel'
import { NODE_LOOKS } from '../../pool/node-list'
import { Cell, Row, Rows, type Column } from '../../rows'
import { WHY_UNKNOWN } from '../../status/status-state'
import { Unknown } from '../../unknown'
import type { NodeDetails, NodesState } from './system-state'

const COLUMNS: readonly Column[] = [
  { name: 'Node' },
  { name: 'State' },
  { name: 'Best block', numeric: true },
  {
    name: 'Heard by',
    hint: (
      <Hint term="heard by">
        What told the pool first of this node&apos;s best block. rawblock and hashblock come by ZMQ, at once;
        longpoll a little later; poll is the look once a second, and the slowest. submit: it was ours.
      </Hint>
    ),
  },
  { name: 'Peers', numeric: true },
  { name: 'Answers in', numeric: true },
  { name: 'Template', numeric: true },
]

export function NodeDetailsPanel({ node }: { readonly node: NodesState['node'] }) {
  return (
    <Panel title="Bitcoin nodes">
      {node.known ? (
        <Rows caption="Bitcoin nodes" columns={COLUMNS} isWide>
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

function NodeRow({ entry }: { readonly entry: NodeDetails }) {
  const { name, state, message, sinceMs, isChosen, facts } = entry
  return (
    <Row>
      <Cell label="Node" span={2}>
        <span className="font-medium">{name}</span>
        {isChosen && <span className="text-copper ml-2 text-xs">its template is in use</span>}
        <span className="text-faint block font-mono text-xs wrap-anywhere">
          {facts?.version ?? 'version not said'}
        </span>
      </Cell>
      <Cell label="State" span={3}>
        <span className="inline-flex items-center gap-2">
          <span aria-hidden="true" className={clsx('size-2.5 rounded-full border', NODE_LOOKS[state].lamp)} />
          {NODE_LOOKS[state].text}
        </span>
        <span className="text-faint block text-xs">
          <Lasting sinceMs={sinceMs} />
        </span>
        {message !== '' && <span className="text-quiet block text-xs wrap-anywhere">{message}</span>}
      </Cell>
      <Cell label="Best block" numeric>
        <BestBlock entry={entry} />
      </Cell>
      <Cell label="Heard by">
        <HeardBy entry={entry} />
      </Cell>
      <Cell label="Peers" numeric>
        <Peers facts={facts} />
      </Cell>
      <Cell label="Answers in" numeric>
        {facts?.latencyMs === undefined ? (
          <Unknown why="it has not answered lately" />
        ) : (
          `${facts.latencyMs} ms`
        )}
      </Cell>
      <Cell label="Template" numeric span={2}>
        <Template entry={entry} />
      </Cell>
    </Row>
  )
}

function BestBlock({ entry: { tip, height, behindBlocks } }: { readonly entry: NodeDetails }) {
  if (tip === undefined) {
    return height === undefined ? <Unknown why="it has not said" /> : formatCount(height)
  }
  return (
    <>
      {formatCount(tip.height)}
      {behindBlocks !== undefined && behindBlocks > 0 && (
        <span className="text-oxide block text-xs">
          {formatCount(behindBlocks)} {behindBlocks === 1 ? 'block' : 'blocks'} behind
        </span>
      )}
      <span className="text-faint block font-mono text-xs" title={tip.hash}>
        {shorten(tip.hash, 0, 10)}
      </span>
      <span
        className="text-faint block text-xs"
        title={`expected hashes of its whole chain: ${formatCount(tip.chainwork)}`}
      >
        work 2^{Math.log2(Number(tip.chainwork)).toFixed(2)}
      </span>
    </>
  )
}

function HeardBy({ entry: { tip, facts } }: { readonly entry: NodeDetails }) {
  const zmq = facts?.zmq ?? []
  return (
    <>
      {tip === undefined ? (
        <Unknown why="it has no best block yet" />
      ) : (
        <>
          {tip.heardBy}{' '}
          <span className="text-faint">
            <Age atMs={tip.sinceMs} />
          </span>
        </>
      )}
      <span className="text-faint block text-xs">
        {zmq.length === 0 ? 'no ZMQ: it is polled' : `ZMQ: ${zmq.join(', ')}`}
      </span>
    </>
  )
}

function Peers({ facts }: { readonly facts: NodeDetails['facts'] }) {
  if (facts?.peersIn === undefined || facts.peersOut === undefined)
    return <Unknown why="it does not say, or does not let the pool ask" />
  const { peersIn, peersOut } = facts
  return (
    <span title={`${peersOut} that it called, ${peersIn} that called it`}>
      {formatCount(peersIn + peersOut)}
      <span className="text-faint block text-xs">
        {peersOut} out, {peersIn} in
      </span>
    </span>
  )
}

function Template({ entry: { templateAgeMs, templateFeesSats } }: { readonly entry: NodeDetails }) {
  if (templateAgeMs === undefined || templateFeesSats === undefined)
    return <Unknown why="it has none of the best block" />
  return (
    <>
      <Amount sats={templateFeesSats} />
      <span className="text-faint block text-xs">{formatDuration(templateAgeMs)} old</span>
    </>
  )
}
