import { formatUtc } from '../../format/time'
import { Age } from '../age'
import { BlockDistance } from '../block-distance'
import { Difficulty } from '../difficulty'
import { Empty } from '../empty'
import { Hint } from '../hint'
import { Panel } from '../panel'
import type { WorkerBest } from './worker-state'

/** The lowest hashes of the machine: for fun, and to compare with what it shows itself. */
export function WorkerBests({ bests }: { readonly bests: readonly WorkerBest[] }) {
  return (
    <Panel title="Best shares" hint={<BestShareHint />}>
      {bests.length === 0 ? (
        <Empty title="None yet">The first accepted share is one.</Empty>
      ) : (
        <ul className="divide-line -my-2 divide-y text-sm">
          {bests.map((best) => (
            <li
              key={`${best.period} ${best.startsAtMs}`}
              className="flex items-baseline justify-between gap-4 py-2"
            >
              <span className="min-w-0">
                <span className={best.period === 'ever' ? 'font-medium' : 'text-quiet'}>
                  {best.period === 'ever' ? 'Ever' : formatUtc(best.startsAtMs).slice(0, 10)}
                </span>
                <span className="text-faint block" title={best.hash}>
                  <BlockDistance {...best} />
                </span>
              </span>
              <span className="text-right">
                <span className="text-base font-medium">
                  <Difficulty value={best.difficulty} />
                </span>
                <span className="text-faint block">
                  <Age atMs={best.acceptedAtMs} />
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

export function BestShareHint() {
  return (
    <Hint term="best share">
      The difficulty that a share&rsquo;s hash has reached. One that reaches the network&rsquo;s is a block.
      It is chance and earns nothing more: a share is paid by the difficulty it was asked for. The pool finds
      it out again from its journal, so it is the same for everybody.
    </Hint>
  )
}
