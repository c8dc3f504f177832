'use client'

import { useQuery } from '@tanstack/react-query'
import type { inferRouterOutputs } from '@trpc/server'
import Link from 'next/link'
import { formatCount } from '../../format/count'
import { shorten } from '../../format/shorten'
import { minerPath } from '../../paths'
import type { AppRouter } from '../../server/routers/root'
import { useTRPC } from '../../trpc/client'
import { Amount } from '../amount'
import { Answer } from '../answer'
import { CopyField } from '../copy-field'
import { Empty } from '../empty'
import { Panel } from '../panel'
import { Cell, Row, Rows, type Column } from '../rows'
import { Skeleton } from '../skeleton'

type Coinbase = NonNullable<inferRouterOutputs<AppRouter>['blocks']['coinbase']>

const COLUMNS: readonly Column[] = [{ name: 'Pays' }, { name: 'To' }, { name: 'Amount', numeric: true }]
/** A direct block may pay hundreds; all of them are in the document. */
const OUTPUTS_SHOWN = 20

/** What the block's coinbase says and pays, in words, and what to check it with. */
export function CoinbasePanel({ hash }: { readonly hash: string }) {
  const trpc = useTRPC()
  const query = useQuery(trpc.blocks.coinbase.queryOptions({ hash }))
  return (
    <Panel title="Coinbase">
      <Answer query={query} what="coinbase" loading={<Skeleton className="h-40" />}>
        {(coinbase) =>
          coinbase === null ? (
            <Empty title="Not published yet">
              The pool states a block in its public log a minute after it is settled.
            </Empty>
          ) : (
            <Decoded coinbase={coinbase} hash={hash} />
          )
        }
      </Answer>
    </Panel>
  )
}

const PAYS = { pool: 'the pool', commitment: 'nobody: data', other: 'an address' } as const

function Decoded({ coinbase, hash }: { readonly coinbase: Coinbase; readonly hash: string }) {
  const { outputs, text, txid, header, merkleDepth } = coinbase
  const hidden = outputs.length - OUTPUTS_SHOWN
  return (
    <div className="space-y-5">
      <Rows caption="Outputs of the coinbase" columns={COLUMNS}>
        {outputs.slice(0, OUTPUTS_SHOWN).map(({ valueSats, address, script, kind }, index) => (
          <Row key={index}>
            <Cell label="Pays">{PAYS[kind]}</Cell>
            <Cell label="To" span={3}>
              {address === undefined ? (
                <span className="text-faint font-mono text-[0.8125rem] wrap-anywhere" title={script}>
                  {shorten(script, 20, 8)}
                </span>
              ) : (
                <Link
                  href={minerPath(address) ?? '/'}
                  className="link font-mono text-[0.8125rem]"
                  title={address}
                >
                  {shorten(address, 14, 8)}
                </Link>
              )}
            </Cell>
            <Cell label="Amount" numeric span={2}>
              <Amount sats={valueSats} />
            </Cell>
          </Row>
        ))}
      </Rows>
      {hidden > 0 && <p className="text-faint text-sm">And {formatCount(hidden)} more, in the document.</p>}
      <div className="grid gap-4 sm:grid-cols-2">
        <CopyField label="Says" value={text} note="what of its input is text" />
        <CopyField
          label="Transaction"
          value={txid}
          note={`${merkleDepth} hashes lead from it to the header`}
        />
      </div>
      <CopyField
        label="Header of the block"
        value={header}
        note="80 bytes: SHA-256 of them, twice, is the hash"
      />
      <CopyField
        label="Ask a node of your own"
        value={`bitcoin-cli getblock ${hash} 2`}
        note="its first transaction is this one"
      />
      <p className="text-quiet text-sm">
        <a
          href={`/log/blocks/${hash}.json`}
          download={`headframe-block-${hash.slice(-8)}.json`}
          className="link"
        >
          Download the audit document
        </a>
        , signed by the pool: header, coinbase, path, and the line of each miner.
      </p>
    </div>
  )
}
