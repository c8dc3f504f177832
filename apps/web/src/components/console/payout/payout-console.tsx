'use client'

import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { formatCount } from '../../../format/count'
import { useTRPC } from '../../../trpc/client'
import { Age } from '../../age'
import { Amount } from '../../amount'
import { Answer } from '../../answer'
import { Empty } from '../../empty'
import { Lasting } from '../../lasting'
import { Notice } from '../../notice'
import { Panel } from '../../panel'
import { TransactionId } from '../../payout/transaction-id'
import { Cell, Row, Rows } from '../../rows'
import { Skeleton } from '../../skeleton'
import { PayoutActions, type ShownPayout } from './payout-actions'
import { RequestsPanel } from './requests-panel'

const STEPS = ['planned', 'funded', 'signed', 'broadcast', 'confirmed', 'settled'] as const

/** All of one payout, and what may be done about it. */
export function PayoutConsole({ id }: { readonly id: string }) {
  const trpc = useTRPC()
  const query = useQuery(trpc.consolePayouts.one.queryOptions({ id }))
  return (
    <>
      <h1 className="mb-5 text-2xl">Payout {id}</h1>
      <Answer query={query} what="the payout" loading={<Skeleton className="h-96" />}>
        {(payout) =>
          payout === null ? (
            <Empty title="There is no payout of that number" />
          ) : (
            <div className="grid gap-5">
              <Panel title="How far it has come">
                <div className="grid gap-4">
                  {payout.problem !== undefined && (
                    <Notice tone="wrong" title={`It does not go on: ${payout.problem.problem}`}>
                      {payout.problem.detail}, <Lasting sinceMs={payout.problem.sinceMs} />.
                    </Notice>
                  )}
                  <Steps payout={payout} />
                  <p>
                    <Amount sats={payout.totalSats} /> to {formatCount(payout.miners)}{' '}
                    {payout.miners === 1 ? 'address' : 'addresses'}
                    {payout.awaitsApproval && ', awaits approval'}
                    {payout.approvedBy !== undefined && `, approved by ${payout.approvedBy}`}
                  </p>
                  <PayoutActions payout={payout} />
                </div>
              </Panel>
              <RequestsPanel id={id} />
              <Versions versions={payout.versions} />
              <Payees payees={payout.payees} />
              <Events events={payout.events} />
            </div>
          )
        }
      </Answer>
    </>
  )
}

function Steps({ payout: { state, events } }: { readonly payout: ShownPayout }) {
  const at = STEPS.findIndex((step) => step === state)
  if (state === 'cancelled')
    return <p className="text-oxide font-medium">Cancelled: nothing was paid by it.</p>
  return (
    <ol aria-label="Steps" className="flex flex-wrap gap-2">
      {STEPS.map((step, index) => {
        const since = index > at ? undefined : events.findLast(({ what }) => what === step)?.atMs
        return (
          <li
            key={step}
            aria-current={step === state ? 'step' : undefined}
            className={clsx(
              'min-w-24 rounded border px-3 py-1.5',
              index > at ? 'border-line text-faint border-dashed' : 'border-copper/60 bg-copper-wash',
            )}
          >
            {step}
            {since !== undefined && (
              <span className="text-quiet block text-xs">
                <Age atMs={since} />
              </span>
            )}
          </li>
        )
      })}
    </ol>
  )
}

function Versions({ versions }: Pick<ShownPayout, 'versions'>) {
  if (versions.length === 0) return null
  const columns = [
    { name: 'Version' },
    { name: 'Fee', numeric: true },
    { name: 'Rate', numeric: true },
    { name: 'Transaction' },
    { name: 'Sent', numeric: true },
  ]
  return (
    <Panel title="Transactions">
      <Rows caption="Transactions" columns={columns}>
        {versions.map(({ number, feeSats, feeRate, txid, sentAtMs }) => (
          <Row key={number}>
            <Cell label="Version">{number}</Cell>
            <Cell label="Fee" numeric span={2}>
              <Amount sats={feeSats} />
            </Cell>
            <Cell label="Rate" numeric>
              {feeRate} sat/vB
            </Cell>
            <Cell label="Transaction" span={2}>
              <TransactionId txid={txid} />
            </Cell>
            <Cell label="Sent" numeric>
              {sentAtMs === undefined ? 'not yet' : <Age atMs={sentAtMs} />}
            </Cell>
          </Row>
        ))}
      </Rows>
    </Panel>
  )
}

function Payees({ payees }: Pick<ShownPayout, 'payees'>) {
  return (
    <Panel title="Whom it pays">
      <Rows caption="Whom it pays" columns={[{ name: 'Address' }, { name: 'Amount', numeric: true }]}>
        {payees.map(({ address, amountSats }) => (
          <Row key={address}>
            <Cell label="Address" span={3}>
              <span className="font-mono text-sm wrap-anywhere">{address}</span>
            </Cell>
            <Cell label="Amount" numeric span={3}>
              <Amount sats={amountSats} />
            </Cell>
          </Row>
        ))}
      </Rows>
    </Panel>
  )
}

function Events({ events }: Pick<ShownPayout, 'events'>) {
  return (
    <Panel title="What has happened">
      <ol aria-label="Events" className="divide-line divide-y">
        {events.map(({ atMs, what, detail, author }) => (
          <li key={`${atMs} ${what}`} className="flex flex-wrap gap-x-3 py-2">
            <span className="font-medium">{what}</span>
            {author !== undefined && <span className="text-quiet">by {author}</span>}
            {detail !== undefined && <span className="text-quiet wrap-anywhere">{detail}</span>}
            <span className="text-faint ml-auto text-sm">
              <Age atMs={atMs} />
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  )
}
