'use client'

import clsx from 'clsx'
import Link from 'next/link'
import { useId, useState } from 'react'
import { formatCount } from '../../format/count'
import { formatPartOf } from '../../format/share'
import { blocksToMaturity } from '../../measure/maturity'
import { Age } from '../age'
import { Amount } from '../amount'
import { BlockStatus } from '../block/block-status'
import { PaidByCoinbase } from '../block/paid-by-coinbase'
import { ProofNote } from '../block/proof-note'
import { SplitCheck } from '../block/split-check'
import { Cell, Row } from '../rows'
import type { EarningState } from './miner-state'

interface EarningRowProps {
  readonly address: string
  readonly earning: EarningState
  readonly columnCount: number
}

export function EarningRow({ address, earning, columnCount }: EarningRowProps) {
  const [isOpen, setIsOpen] = useState(false)
  const checkId = useId()
  const isStale = earning.status === 'stale'
  return (
    <>
      <Row>
        <Cell label="Block" span={2}>
          <Link href={`/blocks/${earning.blockHash}`} className="link font-medium">
            {formatCount(earning.height)}
          </Link>
        </Cell>
        <Cell label="Status" span={2}>
          <BlockStatus status={earning.status} />
          {earning.status === 'immature' && (
            <span className="text-faint ml-2 whitespace-nowrap">
              {blocksToMaturity(earning.confirmations)} to go
            </span>
          )}
        </Cell>
        <Cell label="Share of window" numeric>
          {formatPartOf(earning.score, earning.windowTotal)}
        </Cell>
        <Cell label="Amount" numeric span={2}>
          <span className={clsx(isStale && 'text-faint line-through')}>
            <Amount sats={earning.amountSats} />
          </span>
          {isStale && <span className="sr-only"> taken back</span>}
          {!isStale && earning.bonusSats > 0n && (
            <span className="text-faint block text-xs">
              <Amount sats={earning.bonusSats} /> of it for finding the block
            </span>
          )}
          {!isStale && earning.directSats > 0n && (
            <span className="text-faint block text-xs">
              <PaidByCoinbase earning={earning} />
            </span>
          )}
        </Cell>
        <Cell label="Found" numeric>
          <Age atMs={earning.foundAtMs} />
        </Cell>
        <Cell label="Check" numeric isCorner>
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={checkId}
            onClick={() => setIsOpen(!isOpen)}
            className="link -my-1 min-h-8 py-1"
          >
            {isOpen ? 'Close' : 'Check it'}
            <span className="sr-only">: block {formatCount(earning.height)}</span>
          </button>
        </Cell>
      </Row>
      {isOpen && (
        <tr role="row" id={checkId} className="border-t-0!">
          <td role="cell" data-span="3" colSpan={columnCount} className="pb-4">
            <SplitCheck earning={earning} split={earning} />
            <ProofNote hash={earning.blockHash} address={address} />
          </td>
        </tr>
      )}
    </>
  )
}
