'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client'
import { FreshFactor } from '../console/fresh-factor'
import { useMe } from '../console/use-me'
import { TokensView } from './tokens-view'

/** A miner's tokens, for his account page. */
export function OwnTokensPanel() {
  const trpc = useTRPC()
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries(trpc.token.pathFilter())
  return (
    <TokensView
      kind="own"
      query={useQuery(trpc.token.list.queryOptions())}
      create={useMutation(trpc.token.create.mutationOptions({ onSuccess }))}
      revoke={useMutation(trpc.token.revoke.mutationOptions({ onSuccess }))}
    />
  )
}

/** An operator's tokens, for the console. To make one takes a second factor that was shown lately. */
export function OperatorTokensPanel() {
  const trpc = useTRPC()
  const client = useQueryClient()
  const { isFresh, refetch } = useMe()
  const onSuccess = () => client.invalidateQueries(trpc.operatorToken.pathFilter())
  return (
    <TokensView
      kind="operator"
      first={isFresh ? undefined : <FreshFactor onShown={() => void refetch()} />}
      query={useQuery(trpc.operatorToken.list.queryOptions())}
      create={useMutation(trpc.operatorToken.create.mutationOptions({ onSuccess }))}
      revoke={useMutation(trpc.operatorToken.revoke.mutationOptions({ onSuccess }))}
    />
  )
}
