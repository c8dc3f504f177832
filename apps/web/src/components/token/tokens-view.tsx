import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '../../server/routers/root'
import { Answer } from '../answer'
import { CopyField } from '../copy-field'
import { Empty } from '../empty'
import { Notice } from '../notice'
import { Panel } from '../panel'
import { Skeleton } from '../skeleton'
import { TokenForm } from './token-form'
import { TokenRow } from './token-row'

type Outputs = inferRouterOutputs<AppRouter>
type Inputs = inferRouterInputs<AppRouter>
type TokenKind = 'own' | 'operator'
interface Failure {
  readonly message: string
}
type Made = Outputs['token']['create']
type Wish<Kind extends TokenKind> = Inputs[Kind extends 'own' ? 'token' : 'operatorToken']['create']

interface TokensViewProps<Kind extends TokenKind> {
  readonly kind: Kind
  readonly query: Pick<UseQueryResult<Outputs['token']['list'], Failure>, 'data' | 'error' | 'isPending'> &
    Parameters<typeof Answer<Outputs['token']['list']>>[0]['query']
  readonly create: Pick<
    UseMutationResult<Made, Failure, Wish<Kind>>,
    'mutate' | 'data' | 'error' | 'isPending'
  >
  /** Stands in place of the form as long as none may be made. */
  readonly first?: ReactNode
  readonly revoke: Pick<UseMutationResult<unknown, Failure, { id: number }>, 'mutate' | 'error' | 'isPending'>
}

/** What programs show instead of a session: a list, how to make one, how to take one away. */
export function TokensView<Kind extends TokenKind>({
  kind,
  query,
  create,
  revoke,
  first,
}: TokensViewProps<Kind>) {
  const failure = create.error ?? revoke.error
  return (
    <Panel title="API tokens">
      <p className="text-quiet mb-4 text-sm">
        A program that shows a token may do what the token allows, until you revoke it.{' '}
        <a className="underline" href="/docs/api">
          What the API can do
        </a>
      </p>
      {create.data !== undefined && (
        <div className="mb-4">
          <Notice tone="wait" title="Copy the token now: it is not shown again." role="status">
            <CopyField label="Token" value={create.data.token} />
          </Notice>
        </div>
      )}
      <Answer query={query} what="your tokens" loading={<Skeleton className="h-24" />}>
        {({ tokens, most }) => (
          <>
            {tokens.length === 0 ? (
              <Empty title="No token yet">Make one below for a program of yours.</Empty>
            ) : (
              <ul className="divide-line mb-4 divide-y">
                {tokens.map((token) => (
                  <TokenRow
                    key={token.id}
                    token={token}
                    isBusy={revoke.isPending}
                    onRevoke={() => revoke.mutate({ id: token.id })}
                  />
                ))}
              </ul>
            )}
            {tokens.length >= most && (
              <p className="text-quiet text-sm">You have {most} tokens, as many as there may be.</p>
            )}
          </>
        )}
      </Answer>
      {first ?? (
        <TokenForm
          kind={kind}
          isBusy={create.isPending}
          onWish={(wish) => create.mutate(wish as Wish<Kind>)}
        />
      )}
      <p role="status" className="text-oxide min-h-6 text-sm">
        {failure?.message ?? ''}
      </p>
    </Panel>
  )
}
