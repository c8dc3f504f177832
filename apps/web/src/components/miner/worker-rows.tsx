import { Hint } from '../hint'
import { Rows, type Column } from '../rows'
import type { WorkerState } from './miner-state'
import { WorkerRow } from './worker-row'

const COLUMNS: readonly Column[] = [
  { name: 'Worker' },
  { name: 'Hashrate 1 h', numeric: true },
  { name: '24 h', numeric: true },
  { name: 'Last share', numeric: true },
  { name: 'Difficulty', numeric: true },
  { name: 'Accepted 24 h', numeric: true },
  { name: 'Rejected 24 h', numeric: true },
  {
    name: 'Lost 24 h',
    numeric: true,
    hint: (
      <Hint term="lost">
        What shares that came too late were worth: each as much as this worker&rsquo;s accepted ones, by what
        blocks pay on average. Duplicates and mistakes are no lost work.
      </Hint>
    ),
  },
  { name: 'Best share', numeric: true },
]

export interface WorkerRowsProps {
  readonly address: string
  readonly workers: readonly WorkerState[]
}

export function WorkerRows({ address, workers }: WorkerRowsProps) {
  return (
    <Rows caption="Workers" columns={COLUMNS} isWide>
      {workers.map((worker) => (
        <WorkerRow key={worker.name} address={address} worker={worker} />
      ))}
    </Rows>
  )
}
