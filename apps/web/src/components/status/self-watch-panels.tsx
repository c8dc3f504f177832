import { CircleCheck, CircleX } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatCount } from '../../format/count'
import { Age } from '../age'
import { Empty } from '../empty'
import { Hint } from '../hint'
import { Panel } from '../panel'
import { WHY_UNKNOWN, type CanaryPort, type CheckState, type StatusState } from './status-state'

export function SelfCheckPanel({ selfCheck }: { readonly selfCheck: StatusState['selfCheck'] }) {
  return (
    <Panel
      title="Blocks proposed"
      hint={
        <Hint term="blocks proposed">
          The pool asks its node whether it would take the block of each template, before anybody has found
          it.
        </Hint>
      }
    >
      {selfCheck.known ? (
        <SelfCheck check={selfCheck.value} />
      ) : (
        <Empty title={WHY_UNKNOWN[selfCheck.why]}>
          A block is proposed half a second after its job went out.
        </Empty>
      )}
    </Panel>
  )
}

function SelfCheck({ check: { atMs, height, node, results } }: { readonly check: CheckState }) {
  return (
    <>
      <ul className="space-y-2">
        {results.map(({ variant, result }) => (
          <Verdict key={variant} isRight={result === null} name={`Coinbase for ${variant}`}>
            {result ?? 'would be taken'}
          </Verdict>
        ))}
      </ul>
      <p className="text-faint mt-3 text-sm">
        Height {formatCount(height)}, asked of {node} <Age atMs={atMs} />
      </p>
    </>
  )
}

export function CanaryPanel({ canary }: { readonly canary: StatusState['canary'] }) {
  return (
    <Panel
      title="Canary"
      hint={
        <Hint term="canary">
          A miner of the pool&apos;s own on each port. It checks whom its jobs pay, and that they are on the
          newest block.
        </Hint>
      }
    >
      {canary.known ? (
        <ul className="space-y-2">
          {canary.value.ports.map((port) => (
            <Port key={port.port} port={port} />
          ))}
        </ul>
      ) : (
        <Empty title={WHY_UNKNOWN[canary.why]}>The canary is off, or its process has just started.</Empty>
      )}
    </Panel>
  )
}

function Port({ port: { port, height, lastJobAtMs, problems } }: { readonly port: CanaryPort }) {
  return (
    <Verdict isRight={problems.length === 0} name={`Port ${port}`}>
      {problems.length > 0 ? (
        problems.join('; ')
      ) : lastJobAtMs === undefined || height === undefined ? (
        'no job yet'
      ) : (
        <>
          height {formatCount(height)}, last job <Age atMs={lastJobAtMs} />
        </>
      )}
    </Verdict>
  )
}

interface VerdictProps {
  readonly isRight: boolean
  readonly name: string
  readonly children: ReactNode
}

/** A line that is right or wrong; not by colour alone. */
function Verdict({ isRight, name, children }: VerdictProps) {
  const Icon = isRight ? CircleCheck : CircleX
  return (
    <li className="flex gap-2 text-sm">
      <Icon
        size={16}
        aria-hidden="true"
        className={`mt-0.5 shrink-0 ${isRight ? 'text-copper' : 'text-oxide'}`}
      />
      <span className="min-w-0 wrap-anywhere">
        <span className="sr-only">{isRight ? 'Right: ' : 'Wrong: '}</span>
        <span className="font-medium">{name}</span>{' '}
        <span className={isRight ? 'text-quiet' : 'text-oxide'}>{children}</span>
      </span>
    </li>
  )
}
