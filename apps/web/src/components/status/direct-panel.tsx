import { formatCount } from '../../format/count'
import { formatDuration } from '../../format/time'
import { Notice } from '../notice'
import { Panel } from '../panel'
import type { StatusState } from './status-state'

/** Whom blocks of direct ports pay now; nothing where there is no such port. */
export function DirectPanel({ node }: { readonly node: StatusState['node'] }) {
  const direct = node.known ? node.value.direct : undefined
  if (direct === undefined) return null
  return (
    <Panel title="Direct payouts">
      {direct.state === 'paying' ? (
        <p>
          A block of a direct port pays up to {formatCount(direct.minerCount)} miner
          {direct.minerCount === 1 ? '' : 's'} itself, by a window that was the newest{' '}
          {formatDuration(direct.ageMs)} ago.
        </p>
      ) : (
        <Notice tone="wait" title="A block of a direct port pays the pool alone now">
          The pool owes the miners their parts of it: {direct.message}.
        </Notice>
      )}
    </Panel>
  )
}
