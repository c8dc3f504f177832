import Link from 'next/link'
import { formatCount } from '../../format/count'
import { formatEffort } from '../../format/effort'
import { shorten } from '../../format/shorten'
import type { DescribedBlock } from '../../server/block'
import type { BlockStanding } from '../../server/block-standing'
import { Age } from '../age'
import { Amount } from '../amount'
import { Cell, Row, Rows, type Column } from '../rows'
import { ConfirmationsHint, EffortHint } from '../terms'
import { Unknown } from '../unknown'
import { BlockStatus, Confirmations } from './block-status'
import { NodesStanding } from './nodes-standing'

const SHORT: readonly Column[] = [
  { name: 'Height' },
  { name: 'Status' },
  { name: 'Confirmations', hint: <ConfirmationsHint /> },
  { name: 'Effort', numeric: true },
  { name: 'Found', numeric: true },
]
const LONG: readonly Column[] = [
  { name: 'Height' },
  { name: 'Status' },
  { name: 'Confirmations', hint: <ConfirmationsHint /> },
  { name: 'Effort', hint: <EffortHint />, numeric: true },
  { name: 'Reward', numeric: true },
  { name: 'Finder' },
  { name: 'Nodes' },
  { name: 'Found', numeric: true },
]

interface BlockRowsProps {
  readonly blocks: readonly (DescribedBlock & { readonly standing: BlockStanding })[]
  /** With reward, finder and what the nodes made of it. */
  readonly isLong: boolean
}

export function BlockRows({ blocks, isLong }: BlockRowsProps) {
  return (
    <Rows caption="Blocks found by the pool" columns={isLong ? LONG : SHORT} isWide={isLong}>
      {blocks.map((block) => (
        <Row key={block.hash}>
          <Cell label="Height">
            <Link href={`/blocks/${block.hash}`} className="link font-medium">
              {formatCount(block.height)}
            </Link>
          </Cell>
          <Cell label="Status">
            <BlockStatus status={block.status} />
          </Cell>
          <Cell label="Confirmations">
            <Confirmations status={block.status} confirmations={block.confirmations} />
          </Cell>
          <Cell label="Effort" numeric>
            <BlockEffort effort={block.effort} />
          </Cell>
          {isLong && (
            <Cell label="Reward" numeric span={2}>
              <BlockReward block={block} />
            </Cell>
          )}
          {isLong && (
            <Cell label="Finder" span={2}>
              <Finder block={block} />
            </Cell>
          )}
          {isLong && (
            <Cell label="Nodes" span={2}>
              <NodesStanding standing={block.standing} />
            </Cell>
          )}
          <Cell label="Found" numeric>
            <Age atMs={block.foundAtMs} />
          </Cell>
        </Row>
      ))}
    </Rows>
  )
}

export function BlockEffort({ effort }: { readonly effort: number | undefined }) {
  if (effort === undefined) return <Unknown why="the winning share is on its way to the database" />
  return formatEffort(effort)
}

function BlockReward({ block }: { readonly block: DescribedBlock }) {
  if (block.isSettled) return <Amount sats={block.valueSats} />
  return (
    <span className="text-faint" title="As the template stated it; the block is not settled yet">
      <Amount sats={block.valueSats} />
    </span>
  )
}

export function Finder({ block: { finder, mode } }: { readonly block: DescribedBlock }) {
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-2">
      <Link
        href={`/miners/${finder.address}`}
        className="link font-mono text-[0.8125rem]"
        title={finder.address}
      >
        {shorten(finder.address, 8, 6)}
      </Link>
      {finder.workerName !== '' && <span className="text-quiet max-w-32 truncate">{finder.workerName}</span>}
      {mode !== 'pplns' && <span className="text-faint">{mode}</span>}
    </span>
  )
}
