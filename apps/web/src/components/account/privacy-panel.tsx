'use client'

import { useMutation } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client'
import { CopyField } from '../copy-field'
import { Panel } from '../panel'
import type { Overview } from './account-state'
import { Button, Outcome } from './controls'
import { useReload } from './use-change'

interface PrivacyPanelProps {
  readonly address: string
  readonly privacy: Overview['privacy']
}

/** Whether others see him, and by what key they may all the same. */
export function PrivacyPanel({ privacy }: PrivacyPanelProps) {
  const { isUnlisted, pseudonym, hasViewKey } = privacy
  const trpc = useTRPC()
  const reload = useReload()
  const list = useMutation(trpc.account.setListing.mutationOptions(reload))
  const renew = useMutation(trpc.account.renewViewKey.mutationOptions(reload))
  const drop = useMutation(
    trpc.account.dropViewKey.mutationOptions({
      onSuccess: async () => {
        renew.reset()
        await reload.onSuccess()
      },
    }),
  )
  return (
    <Panel title="Privacy">
      <p className="text-quiet mb-3 text-sm">
        {isUnlisted ? (
          <>
            You are not listed. Where you would be named stands <span className="font-mono">{pseudonym}</span>
            , and your pages are for you and for whoever has your view key.
          </>
        ) : (
          'Your pages are open to whoever knows your address, and it stands in the lists of miners and blocks.'
        )}
      </p>
      <Button disabled={list.isPending} onClick={() => list.mutate({ isUnlisted: !isUnlisted })}>
        {isUnlisted ? 'List me again' : 'Do not list me'}
      </Button>
      <Outcome error={list.error} />
      <p className="text-faint mb-4 text-sm">
        It hides you on this site. The public log, which anybody checks the pool by, names you by your address
        still, and so does the block chain.
      </p>
      <h3 className="mb-2 text-base">View key</h3>
      <p className="text-quiet mb-3 text-sm">
        {hasViewKey
          ? 'There is a link that opens your pages while you are not listed. Another one makes the old one worthless.'
          : 'A link that opens your pages while you are not listed, for another device or a friend. It can look, and change nothing.'}
      </p>
      {renew.data !== undefined && (
        <div className="mb-3">
          <ViewLink path={renew.data.path} />
        </div>
      )}
      <div className="flex flex-wrap gap-3">
        <Button disabled={renew.isPending} onClick={() => renew.mutate()}>
          {hasViewKey ? 'Make another link' : 'Make a link'}
        </Button>
        {hasViewKey && (
          <Button tone="danger" disabled={drop.isPending} onClick={() => drop.mutate()}>
            Take it back
          </Button>
        )}
      </div>
      <Outcome error={renew.error ?? drop.error} />
    </Panel>
  )
}

function ViewLink({ path }: { readonly path: string }) {
  const link = new URL(path, window.location.href).href
  return <CopyField label="Link with your view key" value={link} note="Shown this once: keep it." />
}
