'use client'

import { useQuery } from '@tanstack/react-query'
import { formatCount } from '../../format/count'
import { roundsEndedBy } from '../../format/effort'
import { formatUtc } from '../../format/time'
import { useTRPC } from '../../trpc/client'
import { Age } from '../age'
import { Amount } from '../amount'
import { Answer } from '../answer'
import { CopyButton } from '../copy-field'
import { Empty } from '../empty'
import { Notice } from '../notice'
import { Panel } from '../panel'
import { Reading } from '../reading'
import { Skeleton } from '../skeleton'
import { ConfirmationsHint, EffortHint, WindowHint } from '../terms'
import { BlockAnswers } from './block-answers'
import { BlockEffort, Finder } from './block-rows'
import type { BlockState } from './block-state'
import { CoinbasePanel } from './coinbase-panel'
import { BlockStatus, Confirmations } from './block-status'
import { SplitLines } from './split-lines'

export function BlockPage({ hash }: { readonly hash: string }) {
  const trpc = useTRPC()
  const query = useQuery(trpc.blocks.one.queryOptions({ hash }))
  return (
    <Answer query={query} what="block" loading={<Skeleton className="h-96" />}>
      {(found) =>
        found === null ? (
          <Empty title="The pool has found no block with this hash">
            <span className="font-mono wrap-anywhere">{hash}</span>
          </Empty>
        ) : (
          <div className="grid gap-5">
            <Title found={found} />
            <Facts found={found} />
            <Split found={found} />
            {found.split !== undefined && <CoinbasePanel hash={hash} />}
            <BlockAnswers answers={found.answers} />
          </div>
        )
      }
    </Answer>
  )
}

function Title({ found: { block } }: { readonly found: BlockState }) {
  return (
    <div>
      <h1 className="text-2xl">Block {formatCount(block.height)}</h1>
      <div className="mt-1 flex items-center gap-3">
        <p className="text-quiet min-w-0 font-mono text-sm wrap-anywhere">{block.hash}</p>
        <span className="border-line bg-panel shrink-0 rounded border [&>button]:border-l-0">
          <CopyButton value={block.hash} what="block hash" />
        </span>
      </div>
    </div>
  )
}

function Facts({ found: { block } }: { readonly found: BlockState }) {
  return (
    <Panel title="How it stands">
      {block.status === 'stale' && (
        <div className="mb-5">
          <Notice tone="wrong" title="Another block has its place in the chain">
            It pays nothing. What had been credited for it was taken back in the ledger, as its exact reverse.
          </Notice>
        </div>
      )}
      <dl className="grid grid-cols-2 gap-x-8 gap-y-5 lg:grid-cols-5">
        <Reading label="Status">
          <BlockStatus status={block.status} />
        </Reading>
        <Reading label="Confirmations" hint={<ConfirmationsHint />}>
          <Confirmations status={block.status} confirmations={block.confirmations} />
        </Reading>
        <Reading label="Effort" hint={<EffortHint />} note={luckOf(block.effort)}>
          <BlockEffort effort={block.effort} />
        </Reading>
        <Reading label="Found" note={formatUtc(block.foundAtMs)}>
          <Age atMs={block.foundAtMs} />
        </Reading>
        <Reading label="Finder">
          <span className="text-base font-normal tracking-normal">
            <Finder block={block} />
          </span>
        </Reading>
      </dl>
    </Panel>
  )
}

/** Where the round stands among all that there could be. */
function luckOf(effort: number | undefined): string | undefined {
  if (effort === undefined) return undefined
  const shorter = Math.round(roundsEndedBy(effort) * 100)
  return shorter <= 50 ? `lucky: ${100 - shorter} of 100 take longer` : `${shorter} of 100 are shorter`
}

function Split({ found: { block, split } }: { readonly found: BlockState }) {
  if (split === undefined) {
    return (
      <Panel title="Reward">
        <Empty title="Not settled yet">
          The template stated {<Amount sats={block.valueSats} />}. The split appears once the block is on the
          best chain and its coinbase has been read back from the node.
        </Empty>
      </Panel>
    )
  }
  return (
    <Panel
      title="Reward"
      hint={block.mode === 'pplns' ? <WindowHint pplnsWindow={split.pplnsWindow} /> : undefined}
    >
      <dl className="mb-6 grid gap-x-8 gap-y-5 sm:grid-cols-2 lg:grid-cols-5">
        <Reading label="Coinbase">
          <Amount sats={split.coinbaseValueSats} />
        </Reading>
        {split.donationSats > 0n && (
          <Reading label="Paid to others">
            <Amount sats={split.donationSats} />
          </Reading>
        )}
        <Reading label="Subsidy in it">
          <Amount sats={split.subsidySats} />
        </Reading>
        <Reading label="Fees in it">
          <Amount sats={split.feesSats} />
        </Reading>
        <Reading
          label={block.mode === 'fpps' ? 'To the FPPS reserve' : `Pool keeps ${split.feeBasisPoints / 100} %`}
        >
          <Amount sats={split.poolFeeSats} />
        </Reading>
        {split.finderBonusSats > 0n && (
          <Reading label={`Finder's bonus, ${split.finderBonusBasisPoints / 100} %`}>
            <Amount sats={split.finderBonusSats} />
          </Reading>
        )}
        <Reading label={`To ${formatCount(split.minerCount)} miner${split.minerCount === 1 ? '' : 's'}`}>
          <Amount sats={split.rewardSats} />
        </Reading>
      </dl>
      {block.mode === 'fpps' ? (
        <p className="text-quiet text-sm">Its shares were paid when they came in.</p>
      ) : (
        <SplitLines hash={block.hash} split={split} />
      )}
    </Panel>
  )
}
