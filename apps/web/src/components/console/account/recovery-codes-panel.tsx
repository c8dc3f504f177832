import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../../../trpc/client'
import { Panel } from '../../panel'
import { ActionDialog } from '../action-dialog'
import { RecoveryCodeList } from '../recovery-codes'
import type { OwnAccount } from './account-console'

const FEW = 3

/** How many are left; new ones are shown once. */
export function RecoveryCodesPanel({
  account: { recoveryCodesLeft: left },
}: {
  readonly account: OwnAccount
}) {
  const trpc = useTRPC()
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries(trpc.consoleAccount.pathFilter())
  const renew = useMutation(trpc.consoleAccount.renewRecoveryCodes.mutationOptions({ onSuccess }))
  return (
    <Panel title="Recovery codes">
      <div className="grid gap-4">
        {renew.data !== undefined && <RecoveryCodeList codes={renew.data.recoveryCodes} />}
        <p>
          <span className={left < FEW ? 'text-oxide font-medium' : 'font-medium'}>{left} left.</span>{' '}
          <span className="text-quiet">Each lets you in once when your second factor is lost.</span>
        </p>
        <div>
          <ActionDialog action="account.renew-recovery-codes" run={() => renew.mutateAsync()}>
            <p>You get ten new ones, shown once. The {left} that you have serve no more.</p>
          </ActionDialog>
        </div>
      </div>
    </Panel>
  )
}
