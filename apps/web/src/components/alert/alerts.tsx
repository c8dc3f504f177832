'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client'
import { AlertsView } from './alerts-view'

/** A miner's alerts, for his account page. */
export function OwnAlerts() {
  return <Alerts api={useTRPC().alerts} />
}

/** Those of the operators, for the console. */
export function OperatorAlerts() {
  return <Alerts api={useTRPC().operatorAlerts} />
}

type AlertsApi = ReturnType<typeof useTRPC>['alerts' | 'operatorAlerts']

function Alerts({ api }: { readonly api: AlertsApi }) {
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries(api.pathFilter())
  return (
    <AlertsView
      overview={useQuery(api.overview.queryOptions())}
      deliveries={useQuery(api.deliveries.queryOptions({}))}
      actions={{
        addChannel: useMutation(api.addChannel.mutationOptions({ onSuccess })),
        changeChannel: useMutation(api.changeChannel.mutationOptions({ onSuccess })),
        removeChannel: useMutation(api.removeChannel.mutationOptions({ onSuccess })),
        sendCode: useMutation(api.sendCode.mutationOptions({ onSuccess })),
        sendTest: useMutation(api.sendTest.mutationOptions({ onSuccess })),
        verifyChannel: useMutation(api.verifyChannel.mutationOptions({ onSuccess })),
        saveRule: useMutation(api.saveRule.mutationOptions({ onSuccess })),
        saveWishes: useMutation(api.saveWishes.mutationOptions({ onSuccess })),
        replay: useMutation(api.replay.mutationOptions({ onSuccess })),
      }}
    />
  )
}
