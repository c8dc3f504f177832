import type { JsonObject } from '@headframe/core/published/signed-document'
import { formatCount } from '../../format/count'
import { CopyField } from '../copy-field'
import { Empty } from '../empty'
import { Panel } from '../panel'
import { Reading } from '../reading'

/** What the public log is, for somebody who has come to check the pool. */
export function LogPage({ index }: { readonly index: JsonObject | undefined }) {
  return (
    <>
      <h1 className="mb-5 text-2xl">Public log</h1>
      <div className="grid gap-5">
        <Panel title="Check the pool yourself">
          <div className="max-w-prose space-y-3">
            <p>
              Every share that the pool has credited stands here, with all that is needed to hash it again;
              and every block, with the line of each miner whom it pays. So you need not believe the pool: a
              program can work out what each miner is due, and compare.
            </p>
            <pre className="bg-sunken overflow-x-auto rounded p-3 font-mono text-sm">
              npx headframe-verify THIS-SITE/log
            </pre>
            <p className="text-quiet">
              It is part of Headframe, and docs/verify.md there describes every byte, so that anybody can
              write another. Miners stand under their addresses, without the names of their machines.
            </p>
          </div>
        </Panel>
        {index === undefined ? (
          <Empty title="Nothing is published yet">
            The first epoch is sealed within the hour after the first share.
          </Empty>
        ) : (
          <LogEnds index={index} />
        )}
      </div>
    </>
  )
}

function LogEnds({ index }: { readonly index: JsonObject }) {
  const lastEpoch = Number(index['lastEpoch'])
  return (
    <Panel title="What there is">
      <dl className="mb-6 grid grid-cols-2 gap-x-8 gap-y-5">
        <Reading label="Epochs" note="sealed, signed, and chained to the one before">
          {formatCount(lastEpoch)}
        </Reading>
        <Reading label="Shares of" note="older ones are only hashes by now">
          {Number(index['prunedPosition']) === 0
            ? 'all epochs'
            : `segments from ${formatCount(Number(index['prunedPosition']) + 1)}`}
        </Reading>
      </dl>
      <CopyField label="Public key of the log (Ed25519)" value={String(index['key'])} />
      <ul className="mt-6 list-disc space-y-1 pl-5 text-sm">
        <LogLink href="/log/index.json" what="how far the log goes" />
        <LogLink href={`/log/epochs/${lastEpoch}.json`} what="the newest epoch, signed" />
        <LogLink href={`/log/epochs/${lastEpoch}.bin`} what="its shares" />
      </ul>
    </Panel>
  )
}

function LogLink({ href, what }: { readonly href: string; readonly what: string }) {
  return (
    <li>
      <a href={href} className="link font-mono">
        {href}
      </a>{' '}
      <span className="text-quiet">{what}</span>
    </li>
  )
}
