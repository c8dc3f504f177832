import { useMutation, useQueryClient } from '@tanstack/react-query'
import { formatBrowser } from '../../../format/browser'
import { useTRPC } from '../../../trpc/client'
import { Age } from '../../age'
import { Panel } from '../../panel'
import { ActionDialog } from '../action-dialog'
import type { OwnAccount } from './account-console'

/** Where he is signed in, and how that ends. */
export function SessionsPanel({ account: { sessions } }: { readonly account: OwnAccount }) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries(trpc.consoleAccount.pathFilter())
  const end = useMutation(trpc.consoleAccount.endSession.mutationOptions({ onSuccess }))
  const endOthers = useMutation(trpc.consoleAccount.endOtherSessions.mutationOptions({ onSuccess }))
  return (
    <Panel title="Where you are signed in">
      <ul aria-label="Sessions" className="divide-line mb-3 divide-y">
        {sessions.map(({ id, userAgent, createdAtMs, seenAtMs, isThis }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
            <div className="min-w-0">
              <p className="wrap-anywhere" title={userAgent}>
                {formatBrowser(userAgent)}
                {isThis && <span className="text-copper"> (this browser)</span>}
              </p>
              <p className="text-faint text-sm">
                Signed in <Age atMs={createdAtMs} />, last seen <Age atMs={seenAtMs} />
              </p>
            </div>
            {!isThis && (
              <ActionDialog action="account.end-session" run={() => end.mutateAsync({ id })}>
                <p>
                  {formatBrowser(userAgent)} has to sign in again. If it was not you, change your password.
                </p>
              </ActionDialog>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <ActionDialog action="account.end-other-sessions" run={() => endOthers.mutateAsync()}>
          <p>Whoever has one of your other {sessions.length - 1} sessions has to sign in again.</p>
        </ActionDialog>
      )}
    </Panel>
  )
}
