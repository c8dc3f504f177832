import clsx from 'clsx'
import { CircleCheck, CircleDashed, CircleX, Hourglass, Send } from 'lucide-react'

type State = 'planned' | 'funded' | 'signed' | 'broadcast' | 'confirmed' | 'settled' | 'cancelled'

const PLANNED = {
  text: 'planned',
  title: 'The amounts are set aside; nothing was sent yet',
  icon: CircleDashed,
  tone: 'text-quiet',
} as const
const ON_ITS_WAY = {
  text: 'on its way',
  title: 'The transaction is signed, and waits for a block',
  icon: Send,
  tone: 'text-ochre',
} as const

const STATES = {
  planned: PLANNED,
  funded: PLANNED,
  signed: ON_ITS_WAY,
  broadcast: ON_ITS_WAY,
  confirmed: {
    text: 'confirmed',
    title: 'In a block; it counts as paid with a few more on top',
    icon: Hourglass,
    tone: 'text-ochre',
  },
  settled: {
    text: 'settled',
    title: 'Paid, and out of the books',
    icon: CircleCheck,
    tone: 'text-copper',
  },
  cancelled: {
    text: 'cancelled',
    title: 'Nothing was paid by it; the amounts are owed as before',
    icon: CircleX,
    tone: 'text-oxide',
  },
} as const

interface PayoutStatusProps {
  readonly state: State
  readonly awaitsApproval: boolean
  /** Of a payout that has a block. */
  readonly confirmations: number | undefined
  /** From which on it counts as made. */
  readonly wanted: number | undefined
}

/** How far a payout has come, told by word, sign and colour. */
export function PayoutStatus({ state, awaitsApproval, confirmations, wanted }: PayoutStatusProps) {
  const { text, title, icon: Icon, tone } = STATES[state]
  return (
    <span title={title} className={clsx('whitespace-nowrap', tone)}>
      <Icon size={15} strokeWidth={1.9} aria-hidden="true" className="mr-1.5 inline align-[-0.15em]" />
      {text}
      {state === 'confirmed' && confirmations !== undefined && ` ${countOf(confirmations, wanted)}`}
      {state === 'planned' && awaitsApproval && (
        <span className="text-faint block text-xs">awaits approval</span>
      )}
    </span>
  )
}

function countOf(confirmations: number, wanted: number | undefined): string {
  return wanted === undefined || confirmations > wanted ? String(confirmations) : `${confirmations}/${wanted}`
}
