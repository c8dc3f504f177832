import clsx from 'clsx'
import { formatCount } from '../../format/count'
import type { PoolState } from './pool-state'

type KnownNode = Extract<PoolState['node'], { known: true }>['value']
type Nodes = KnownNode['nodes']

interface Look {
  readonly text: string
  readonly lamp: string
  /** Of the notice when no node is better off. */
  readonly title: string
  readonly isWrong: boolean
}

const WAIT = { lamp: 'border-ochre bg-ochre', isWrong: false }
const WRONG = { lamp: 'border-oxide bg-oxide', isWrong: true }

export const NODE_LOOKS: Readonly<Record<KnownNode['state'], Look>> = {
  ok: { text: 'in step', lamp: 'border-copper bg-copper', title: '', isWrong: false },
  syncing: { ...WAIT, text: 'syncing', title: 'The Bitcoin node is catching up with the chain' },
  lagging: { ...WAIT, text: 'behind', title: 'The Bitcoin node is behind' },
  failing: { ...WRONG, text: 'failing', title: 'The Bitcoin node gives no template' },
  away: { ...WRONG, text: 'away', title: 'The Bitcoin node is away' },
  'other-chain': { ...WRONG, text: 'on another chain', title: 'The Bitcoin node is on another chain' },
  'unknown-rule': { ...WRONG, text: 'stopped', title: 'The network has a rule that this pool does not know' },
}

/** Each of several nodes, and why it is left out if it is. */
export function NodeList({ nodes }: { readonly nodes: Nodes }) {
  if (nodes.length < 2) return null
  return (
    <ul aria-label="Nodes" className="flex flex-wrap gap-x-8 gap-y-2 text-sm">
      {nodes.map(({ name, state, message, height, isChosen }) => (
        <li key={name} className="inline-flex items-center gap-2" title={message}>
          <span aria-hidden="true" className={clsx('size-2.5 rounded-full border', NODE_LOOKS[state].lamp)} />
          <span className="font-medium">{name}</span>
          <span className="text-faint">
            {NODE_LOOKS[state].text}
            {height === undefined ? '' : `, height ${formatCount(height)}`}
            {isChosen ? ', in use' : ''}
          </span>
        </li>
      ))}
    </ul>
  )
}
