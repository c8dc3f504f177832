import { useState } from 'react'
import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '../../server/routers/root'
import { Age } from '../age'

type Token = inferRouterOutputs<AppRouter>['token']['list']['tokens'][number]

interface TokenRowProps {
  readonly token: Token
  readonly isBusy: boolean
  readonly onRevoke: () => void
}

const BUTTON = 'min-h-11 rounded border px-4 text-sm disabled:opacity-50'

/** One token, and the way to take it away; that is asked once more, because it cannot be taken back. */
export function TokenRow({ token, isBusy, onRevoke }: TokenRowProps) {
  const [isAsked, setIsAsked] = useState(false)
  const { name, prefix, scopes, expiresAtMs, lastUsedAtMs, isExpired } = token
  const ends = new Date(expiresAtMs).toISOString().slice(0, 10)
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 py-3">
      <div className="min-w-0 text-sm">
        <p className="wrap-anywhere">
          {name} <code className="text-faint">{prefix}…</code>
        </p>
        <p className="text-quiet">{scopes.join(', ')}</p>
        <p className="text-faint">
          {isExpired ? `Expired on ${ends}` : `Until ${ends}`},{' '}
          {lastUsedAtMs === undefined ? (
            'never used'
          ) : (
            <>
              last used <Age atMs={lastUsedAtMs} />
            </>
          )}
        </p>
      </div>
      {isAsked ? (
        <div className="flex flex-wrap gap-2">
          <button
            type="button"
            className={`${BUTTON} border-oxide/60 text-oxide hover:bg-oxide-wash`}
            disabled={isBusy}
            onClick={onRevoke}
          >
            Revoke {name} for good
          </button>
          <button type="button" className={`${BUTTON} border-edge`} onClick={() => setIsAsked(false)}>
            Keep it
          </button>
        </div>
      ) : (
        <button
          type="button"
          className={`${BUTTON} border-edge hover:bg-line/50`}
          onClick={() => setIsAsked(true)}
          aria-label={`Revoke ${name}`}
        >
          Revoke
        </button>
      )}
    </li>
  )
}
