'use client'

import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { blocksToMaturity } from '../../measure/maturity'
import { useTRPC } from '../../trpc/client'
import { Amount } from '../amount'
import { Answer } from '../answer'
import { Hint } from '../hint'
import { Panel } from '../panel'
import { Skeleton } from '../skeleton'
import { ImmatureHint } from '../terms'
import { Corrections } from './corrections'
import type { BalanceState } from './miner-state'
import { NextPayout } from './next-payout'
import { PaidTo } from './paid-to'

export function BalancePanel({ address }: { readonly address: string }) {
  const trpc = useTRPC()
  const query = useQuery(trpc.miner.balance.queryOptions({ address }))
  return (
    <Panel title="Balance">
      <Answer query={query} what="balance" loading={<Skeleton className="h-48" />}>
        {(balance) => balance !== null && <Balance balance={balance} />}
      </Answer>
    </Panel>
  )
}

function Balance({ balance }: { readonly balance: BalanceState }) {
  const { immatureSats, availableSats, lockedSats, paidSats, directSats } = balance
  return (
    <>
      <ProportionBar
        immature={immatureSats}
        available={availableSats + lockedSats}
        paid={paidSats + directSats}
      />
      <dl className="divide-line divide-y">
        <Line
          swatch="hatched text-ochre border border-ochre"
          name="Immature"
          hint={<ImmatureHint />}
          sats={immatureSats}
        >
          <NextMaturity balance={balance} />
        </Line>
        <Line
          swatch="bg-copper"
          name="Available"
          hint={
            <Hint term="available">
              Your part of blocks that are a hundred deep, less what was paid. It is owed to you now.
            </Hint>
          }
          sats={availableSats}
        />
        {lockedSats > 0n && (
          <Line
            swatch="bg-quiet"
            name="In a payout"
            hint={
              <Hint term="in a payout">Taken out of what is available by a payout that is under way.</Hint>
            }
            sats={lockedSats}
          />
        )}
        <Line
          swatch="bg-edge"
          name="Paid"
          hint={<Hint term="paid">Sent to your address, since your first share.</Hint>}
          sats={paidSats}
        />
        {directSats > 0n && (
          <Line
            swatch="bg-edge"
            name="Paid by blocks"
            hint={
              <Hint term="paid by blocks">
                Of blocks you found on a solo port: their own coinbases pay your address. The pool never had
                it.
              </Hint>
            }
            sats={directSats}
          />
        )}
      </dl>
      <NextPayout availableSats={availableSats} payout={balance.payout} />
      {balance.payout.paidTo !== undefined && <PaidTo paidTo={balance.payout.paidTo} />}
      <Corrections corrections={balance.corrections} />
    </>
  )
}

interface LineProps {
  readonly swatch: string
  readonly name: string
  readonly hint: ReactNode
  readonly sats: bigint
  readonly children?: ReactNode
}

function Line({ swatch, name, hint, sats, children }: LineProps) {
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-3 py-2.5">
      <dt className="text-quiet flex items-center gap-2 text-sm">
        <span aria-hidden="true" className={`size-3 rounded-[2px] ${swatch}`} />
        {name} {hint}
      </dt>
      <dd className="ml-auto text-lg font-medium tracking-tight">
        <Amount sats={sats} />
      </dd>
      {children}
    </div>
  )
}

function NextMaturity({ balance: { nextMaturity } }: { readonly balance: BalanceState }) {
  if (nextMaturity === undefined) return null
  const toGo = blocksToMaturity(nextMaturity.confirmations)
  return (
    <dd className="text-faint mt-0.5 w-full text-sm">
      Next: <Amount sats={nextMaturity.amountSats} />{' '}
      {toGo === 0 ? 'any moment' : `in ${toGo} block${toGo === 1 ? '' : 's'}`}
    </dd>
  )
}

interface ProportionBarProps {
  readonly immature: bigint
  readonly available: bigint
  readonly paid: bigint
}

/** The same three at a glance; the numbers are in the list below. */
function ProportionBar({ immature, available, paid }: ProportionBarProps) {
  const total = immature + available + paid
  const width = (part: bigint) => ({
    width: total === 0n ? '0%' : `${Number((part * 10_000n) / total) / 100}%`,
  })
  return (
    <div aria-hidden="true" className="bg-sunken border-line mb-2 flex h-3 overflow-hidden rounded border">
      <span className="hatched text-ochre bg-ochre-wash" style={width(immature)} />
      <span className="bg-copper" style={width(available)} />
      <span className="bg-edge" style={width(paid)} />
    </div>
  )
}
