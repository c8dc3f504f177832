'use client'

import { useMutation } from '@tanstack/react-query'
import type { SubmitEvent } from 'react'
import { formatSats } from '../../format/money'
import { useTRPC } from '../../trpc/client'
import { Amount } from '../amount'
import { Panel } from '../panel'
import type { Overview } from './account-state'
import { Button, Outcome, TextField } from './controls'
import { useReload } from './use-change'

/** From which amount on he is paid. */
export function ThresholdPanel({ threshold }: { readonly threshold: Overview['threshold'] }) {
  const { ownSats, poolSats, minSats, maxSats } = threshold
  const change = useMutation(useTRPC().account.setThreshold.mutationOptions(useReload()))

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    const text = new FormData(event.currentTarget).get('threshold')
    if (typeof text === 'string') change.mutate({ thresholdSats: text.replace(/[\s,.]/g, '') })
  }
  return (
    <Panel title="Payout threshold">
      <p className="text-quiet mb-4 text-sm">
        {ownSats !== undefined ? (
          <>
            You are paid once <Amount sats={ownSats} /> are available.
          </>
        ) : poolSats === undefined ? (
          'Nothing is paid on chain by this pool now; what you set here counts when it is.'
        ) : (
          <>
            You are paid once <Amount sats={poolSats} /> are available, as the pool has it for everybody.
          </>
        )}
      </p>
      <form onSubmit={submit} className="space-y-3">
        <TextField
          key={String(ownSats)}
          label="Satoshis"
          name="threshold"
          inputMode="numeric"
          required
          defaultValue={ownSats?.toString() ?? poolSats?.toString() ?? ''}
          note={`From ${formatSats(minSats)} to ${formatSats(maxSats)}. A higher one means fewer payouts, and what is owed stays with the pool for longer.`}
        />
        <div className="flex flex-wrap gap-3">
          <Button type="submit" tone="main" disabled={change.isPending}>
            Save
          </Button>
          {ownSats !== undefined && (
            <Button disabled={change.isPending} onClick={() => change.mutate({ thresholdSats: null })}>
              Use the pool&rsquo;s
            </Button>
          )}
        </div>
        <Outcome error={change.error} done={change.isSuccess ? 'Saved.' : undefined} />
      </form>
    </Panel>
  )
}
