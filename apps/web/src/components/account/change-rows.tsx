import { Age } from '../age'
import { Cell, Row, Rows, type Column } from '../rows'

const COLUMNS: readonly Column[] = [
  { name: 'When' },
  { name: 'What' },
  { name: 'From' },
  { name: 'To' },
  { name: 'By' },
]

const NAMES: Readonly<Record<string, string>> = {
  'payout-threshold': 'Payout threshold',
  'payout-address': 'Another payout address',
  'payout-address-cancelled': 'Payout address cancelled',
  privacy: 'Listing',
  'view-key': 'View key',
  worker: 'A worker',
  'session-ended': 'Signed out',
}

interface ChangeRowsProps {
  /** Names the table to a screen reader. */
  readonly caption: string
  readonly changes: readonly {
    readonly id: bigint
    readonly atMs: number
    readonly what: string
    readonly before?: string | undefined
    readonly after?: string | undefined
    readonly author: string
  }[]
}

/** Changes of a miner's settings, with how it was before and after. */
export function ChangeRows({ caption, changes }: ChangeRowsProps) {
  return (
    <Rows caption={caption} columns={COLUMNS} isWide>
      {changes.map(({ id, atMs, what, before, after, author }) => (
        <Row key={String(id)}>
          <Cell label="When">
            <Age atMs={atMs} />
          </Cell>
          <Cell label="What" span={2}>
            {NAMES[what] ?? what}
          </Cell>
          <Cell label="From" span={3}>
            <Value text={before} />
          </Cell>
          <Cell label="To" span={3}>
            <Value text={after} />
          </Cell>
          <Cell label="By">{author}</Cell>
        </Row>
      ))}
    </Rows>
  )
}

function Value({ text }: { readonly text: string | undefined }) {
  return text === undefined ? (
    <span className="text-faint">—</span>
  ) : (
    <span className="wrap-anywhere">{text}</span>
  )
}
