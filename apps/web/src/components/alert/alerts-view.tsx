import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '../../server/routers/root'
import { Answer } from '../answer'
import { Panel } from '../panel'
import { Skeleton } from '../skeleton'
import { ChannelForm } from './channel-form'
import { ChannelRow } from './channel-row'
import { DeliveryRows } from './delivery-rows'
import { RuleRow } from './rule-row'
import { WishesForm } from './wishes-form'
import { Empty } from '../empty'
import { Notice } from '../notice'
import { CopyField } from '../copy-field'

type Outputs = inferRouterOutputs<AppRouter>['alerts']
type Inputs = inferRouterInputs<AppRouter>['alerts']
export type AlertOverview = Outputs['overview']
export type AlertDeliveries = Outputs['deliveries']
export type NewChannel = Inputs['addChannel']
export type Wishes = Inputs['saveWishes']
export type ChannelChange = Inputs['changeChannel']
export type RuleChoice = Inputs['saveRule']

/** What a panel can do: calls that change something, and how the last of each kind went. */
export interface Action<Input> {
  readonly mutate: (input: Input) => void
  readonly isPending: boolean
  readonly error: { readonly message: string } | null
}

export interface AlertActions {
  readonly addChannel: Action<NewChannel> & { readonly data: Outputs['addChannel'] | undefined }
  readonly changeChannel: Action<ChannelChange>
  readonly removeChannel: Action<{ id: string }>
  readonly sendCode: Action<{ id: string }>
  readonly sendTest: Action<{ id: string }>
  readonly verifyChannel: Action<{ id: string; code: string }>
  readonly saveRule: Action<RuleChoice>
  readonly saveWishes: Action<Wishes>
  readonly replay: Action<{ id: string }>
}

interface AlertsViewProps {
  readonly overview: Parameters<typeof Answer<AlertOverview>>[0]['query']
  readonly deliveries: Parameters<typeof Answer<AlertDeliveries>>[0]['query']
  readonly actions: AlertActions
}

/** Channels, rules, quiet hours and what was delivered. */
export function AlertsView({ overview, deliveries, actions }: AlertsViewProps) {
  const failures: readonly Pick<Action<never>, 'error'>[] = Object.values<Pick<Action<never>, 'error'>>({
    ...actions,
  })
  const failure = failures.find(({ error }) => error !== null)?.error
  return (
    <Answer query={overview} what="your alerts" loading={<Skeleton className="h-64" />}>
      {(alerts) => (
        <div className="grid gap-6">
          <p role="alert" className="text-oxide text-sm empty:hidden">
            {failure?.message ?? ''}
          </p>
          <ChannelsPanel alerts={alerts} actions={actions} />
          <Panel title="What you are told">
            <ul className="divide-line divide-y">
              {alerts.rules.map((rule) => (
                <RuleRow key={rule.rule} rule={rule} action={actions.saveRule} />
              ))}
            </ul>
          </Panel>
          <Panel title="When you are told">
            <WishesForm wishes={alerts.wishes} action={actions.saveWishes} />
          </Panel>
          <Panel title="What was delivered">
            <Answer query={deliveries} what="deliveries" loading={<Skeleton className="h-24" />}>
              {(page) => <DeliveryRows page={page} replay={actions.replay} />}
            </Answer>
          </Panel>
        </div>
      )}
    </Answer>
  )
}

function ChannelsPanel({
  alerts,
  actions,
}: {
  readonly alerts: AlertOverview
  readonly actions: AlertActions
}) {
  const secret = actions.addChannel.data?.secret
  return (
    <Panel title="Channels">
      {secret !== undefined && (
        <div className="mb-4">
          <Notice
            tone="wait"
            title="Copy the secret of the webhook now: it is not shown again."
            role="status"
          >
            <CopyField label="Secret" value={secret} />
          </Notice>
        </div>
      )}
      {alerts.channels.length === 0 ? (
        <Empty title="No channel yet">Nothing is watched for you until one is added and confirmed.</Empty>
      ) : (
        <ul className="divide-line mb-4 divide-y">
          {alerts.channels.map((channel) => (
            <ChannelRow key={String(channel.id)} channel={channel} actions={actions} />
          ))}
        </ul>
      )}
      {alerts.offers === null ? (
        <p className="text-quiet text-sm">The pool has not been started yet.</p>
      ) : (
        <ChannelForm offers={alerts.offers} action={actions.addChannel} />
      )}
    </Panel>
  )
}
