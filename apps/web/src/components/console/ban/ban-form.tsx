'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { readPeerName } from '@headframe/core/net/peer-name'
import { useState } from 'react'
import { useTRPC } from '../../../trpc/client'
import { Choice } from '../../form/choice'
import { Field } from '../../form/field'
import { Panel } from '../../panel'
import { ActionDialog } from '../action-dialog'
import { useMe } from '../use-me'

const TERMS = [
  [10, '10 minutes'],
  [60, 'an hour'],
  [1_440, 'a day'],
  [10_080, 'a week'],
  [43_200, '30 days'],
] as const

/** Keeps a network address out. */
export function BanForm({ address: given }: { readonly address: string }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { mayDo } = useMe()
  const [address, setAddress] = useState(given.replace(/^::ffff:/, ''))
  const [minutes, setMinutes] = useState('60')
  const [reason, setReason] = useState('')
  const ban = useMutation(
    trpc.consoleBans.ban.mutationOptions({
      onSuccess: () => {
        setAddress('')
        setReason('')
        return queryClient.invalidateQueries()
      },
    }),
  )
  if (!mayDo('bans.ban')) return null
  const name = readPeerName(address)
  const term = TERMS.find(([value]) => String(value) === minutes)?.[1] ?? `${minutes} minutes`
  const isReady = name !== undefined && reason.trim().length >= 3
  return (
    <Panel title="Ban an address">
      <div className="grid gap-4 lg:grid-cols-3">
        <Field
          label="Network address"
          note="192.0.2.7, or an IPv6 address, which stands for its /64."
          value={address}
          maxLength={80}
          onChange={(event) => setAddress(event.currentTarget.value)}
          className="font-mono"
        />
        <Choice label="For" value={minutes} onChoose={setMinutes}>
          {TERMS.map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </Choice>
        <Field
          label="Why?"
          note="Whoever connects from there reads it on the page “Connect”."
          value={reason}
          maxLength={200}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </div>
      <div className="mt-4">
        <ActionDialog
          action="bans.ban"
          isReady={isReady}
          run={() => ban.mutateAsync({ address, minutes: Number(minutes), reason })}
        >
          {isReady ? (
            <>
              <p>
                Every connection from <span className="font-mono">{name}</span> is closed, and none is taken
                for {term}, on all stratum processes within a second. All miners behind that address are shut
                out, whomever they mine for.
              </p>
              <p>Addresses in STRATUM_NEVER_BAN are let in all the same.</p>
            </>
          ) : (
            <p>Say first which address, and why, in three letters at least.</p>
          )}
        </ActionDialog>
      </div>
    </Panel>
  )
}
