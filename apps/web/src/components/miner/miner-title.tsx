'use client'

import { Bookmark, BookmarkCheck, KeyRound } from 'lucide-react'
import Link from 'next/link'
import { rememberMyMiner, useMyMiner } from '../../my-miner/my-miner'
import { CopyButton } from '../copy-field'

interface MinerTitleProps {
  readonly address: string
  /** False when the text is no address of this network. */
  readonly isAddress: boolean
  /** Whether he who looks has proven it. */
  readonly isYou: boolean
}

export function MinerTitle({ address, isAddress, isYou }: MinerTitleProps) {
  return (
    <div className="mb-5 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <h1 className="text-quiet text-sm font-normal tracking-normal">Miner</h1>
        <div className="mt-0.5 flex items-center gap-3">
          <p className="min-w-0 font-mono text-lg leading-snug wrap-anywhere" data-testid="miner-address">
            {address}
          </p>
          {isAddress && (
            <span className="border-line bg-panel shrink-0 rounded border [&>button]:border-l-0">
              <CopyButton value={address} what="address" />
            </span>
          )}
        </div>
      </div>
      {isAddress && (
        <div className="flex flex-wrap gap-3">
          <Link
            href={isYou ? '/account' : `/account?address=${encodeURIComponent(address)}`}
            className="border-edge hover:bg-line/50 inline-flex min-h-10 items-center gap-2 rounded border px-3 text-sm"
          >
            <KeyRound size={16} strokeWidth={1.75} aria-hidden="true" className="text-quiet" />
            {isYou ? 'Your account' : 'This is my address'}
          </Link>
          <RememberButton address={address} />
        </div>
      )}
    </div>
  )
}

function RememberButton({ address }: { readonly address: string }) {
  const isMine = useMyMiner() === address
  const Icon = isMine ? BookmarkCheck : Bookmark
  return (
    <button
      type="button"
      aria-pressed={isMine}
      onClick={() => rememberMyMiner(isMine ? undefined : address)}
      title="Kept in this browser alone"
      className="border-edge hover:bg-line/50 inline-flex min-h-10 items-center gap-2 rounded border px-3 text-sm"
    >
      <Icon
        size={16}
        strokeWidth={1.75}
        aria-hidden="true"
        className={isMine ? 'text-copper' : 'text-quiet'}
      />
      {isMine ? 'My miner' : 'Remember as my miner'}
    </button>
  )
}
