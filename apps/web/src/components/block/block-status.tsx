import clsx from 'clsx'
import { CircleCheck, CircleDashed, CircleX, Hourglass } from 'lucide-react'
import { blocksOnTop, MATURITY_BLOCKS } from '../../measure/maturity'

type Status = 'candidate' | 'immature' | 'mature' | 'stale'

const STATUSES = {
  candidate: {
    text: 'candidate',
    title: 'Sent to the nodes; none has it on its best chain yet',
    icon: CircleDashed,
    tone: 'text-quiet',
  },
  immature: {
    text: 'immature',
    title: 'On the best chain; its reward cannot be spent yet',
    icon: Hourglass,
    tone: 'text-ochre',
  },
  mature: {
    text: 'mature',
    title: 'A hundred blocks on top: its reward can be spent',
    icon: CircleCheck,
    tone: 'text-copper',
  },
  stale: {
    text: 'stale',
    title: 'Another block has its place in the chain; it pays nothing',
    icon: CircleX,
    tone: 'text-oxide',
  },
} as const

/** What became of a block, told by word, sign and colour. */
export function BlockStatus({ status }: { readonly status: Status }) {
  const { text, title, icon: Icon, tone } = STATUSES[status]
  return (
    <span title={title} className={clsx('whitespace-nowrap', tone)}>
      <Icon size={15} strokeWidth={1.9} aria-hidden="true" className="mr-1.5 inline align-[-0.15em]" />
      {text}
    </span>
  )
}

interface ConfirmationsProps {
  readonly status: Status
  /** As the node counts. */
  readonly confirmations: number
}

/** How far a block is on its way to maturity: 37/100. */
export function Confirmations({ status, confirmations }: ConfirmationsProps) {
  if (status === 'stale') return <span className="text-faint">none</span>
  const onTop = status === 'mature' ? MATURITY_BLOCKS : blocksOnTop(confirmations)
  return (
    <span className="whitespace-nowrap">
      <span
        aria-hidden="true"
        className="bg-line mr-2 hidden h-1.5 w-14 overflow-hidden rounded-full align-middle sm:inline-block"
      >
        <span
          className={clsx('block h-full', status === 'mature' ? 'bg-copper' : 'bg-ochre')}
          style={{ width: `${(onTop / MATURITY_BLOCKS) * 100}%` }}
        />
      </span>
      {onTop}/{MATURITY_BLOCKS}
    </span>
  )
}
