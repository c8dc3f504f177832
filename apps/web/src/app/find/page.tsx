import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Notice } from '../../components/notice'
import { Panel } from '../../components/panel'
import { findTarget } from '../../server/find-target'
import { serverContext } from '../../server/runtime'
import type { SearchParams } from '../../measure/chart-view'

export const metadata: Metadata = { title: 'Find' }

interface PageProps {
  readonly searchParams: Promise<SearchParams>
}

/** Leads on to what was looked for, with scripts and without; says why when there is nothing. */
export default async function Page({ searchParams }: PageProps) {
  const { q } = await searchParams
  const text = typeof q === 'string' ? q : ''
  const target = await findTarget(serverContext(), text)
  if (target.kind !== 'nothing') redirect(target.path)
  return (
    <>
      <h1 className="mb-5 text-2xl">Find</h1>
      <div className="grid gap-5">
        {text.trim() !== '' && (
          <Notice tone="wait" title={target.message} role="status">
            <span className="font-mono wrap-anywhere">{text}</span>
          </Notice>
        )}
        <Panel title="What can be found">
          <ul className="text-quiet max-w-prose list-disc space-y-1 pl-5">
            <li>a miner, by the whole of his address;</li>
            <li>one of his workers, as he mines with it: the address, a dot, the name;</li>
            <li>a block that the pool has found, by height or hash;</li>
            <li>a payout, by the id of its transaction.</li>
          </ul>
        </Panel>
      </div>
    </>
  )
}
