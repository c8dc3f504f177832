'use client'

import { useMutation } from '@tanstack/react-query'
import type { SubmitEvent } from 'react'
import { formatDuration, formatUtc } from '../../format/time'
import { useTRPC } from '../../trpc/client'
import { Notice } from '../notice'
import { Panel } from '../panel'
import type { Overview } from './account-state'
import { Button, Outcome, TextArea, TextField } from './controls'
import { MessageToSign } from './message-to-sign'
import { useReload } from './use-change'

interface PayoutAddressPanelProps {
  readonly address: string
  readonly payout: Overview['payoutAddress']
}

/** Where he is paid, and how he changes it: by a signature that names the other address, after a delay. */
export function PayoutAddressPanel({ address, payout }: PayoutAddressPanelProps) {
  const { current, pending, delayMs } = payout
  const cancel = useMutation(useTRPC().account.cancelPayoutAddress.mutationOptions(useReload()))
  return (
    <Panel title="Payout address">
      <p className="text-quiet text-sm">You are paid at</p>
      <p className="mb-4 font-mono text-sm wrap-anywhere" data-testid="paid-at">
        {current?.address ?? address}
      </p>
      {pending !== undefined && (
        <div className="mb-4">
          <Notice tone="wait" title="Another address is on its way" role="status">
            <p>
              From {formatUtc(pending.effectiveAtMs)} on you are paid at{' '}
              <span className="font-mono wrap-anywhere">{pending.address}</span>. Payouts planned before that
              go to the old one.
            </p>
            <Button
              tone="danger"
              className="mt-2"
              disabled={cancel.isPending}
              onClick={() => cancel.mutate()}
            >
              Cancel this change
            </Button>
            <Outcome error={cancel.error} />
          </Notice>
        </div>
      )}
      <ChangeForm delayMs={delayMs} />
      <p className="text-faint mt-4 text-sm">
        You keep your name: machines go on with <span className="font-mono wrap-anywhere">{address}</span>,
        and so do your pages. What the coinbase of a block pays by itself (solo and direct ports) goes to that
        address still, as it stands in the work. The text you sign is published with each payout, for anybody
        to check.
      </p>
    </Panel>
  )
}

function ChangeForm({ delayMs }: { readonly delayMs: number }) {
  const trpc = useTRPC()
  const ask = useMutation(trpc.account.askPayoutAddress.mutationOptions())
  const reload = useReload()
  const change = useMutation(
    trpc.account.changePayoutAddress.mutationOptions({
      onSuccess: async () => {
        ask.reset()
        await reload.onSuccess()
      },
    }),
  )

  function submitAddress(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    const payTo = new FormData(event.currentTarget).get('payTo')
    change.reset()
    if (typeof payTo === 'string') ask.mutate({ payTo })
  }
  function submitSignature(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    const signature = new FormData(event.currentTarget).get('signature')
    if (ask.data !== undefined && typeof signature === 'string')
      change.mutate({ challenge: ask.data.challenge, signature })
  }
  return (
    <div className="space-y-4">
      <form onSubmit={submitAddress} className="space-y-3">
        <TextField label="Another address" name="payTo" required className="font-mono" />
        <Button type="submit" disabled={ask.isPending}>
          Show the text to sign
        </Button>
        <Outcome error={ask.error} done={change.isSuccess ? 'The change is on its way.' : undefined} />
      </form>
      {ask.data !== undefined && (
        <form onSubmit={submitSignature} className="space-y-3">
          <p className="text-quiet text-sm">
            Sign it with the address you mine with.{' '}
            {delayMs > 0 &&
              `The change is in force after ${formatDuration(delayMs)}; until then you can cancel it.`}
          </p>
          <MessageToSign message={ask.data.message} />
          <TextArea label="Signature" name="signature" required rows={3} className="font-mono" />
          <Button type="submit" tone="main" disabled={change.isPending}>
            Change where I am paid
          </Button>
          <Outcome error={change.error} />
        </form>
      )}
    </div>
  )
}
