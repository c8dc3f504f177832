import { shorten } from '../../format/shorten'
import { CopyButton } from '../copy-field'
import { Unknown } from '../unknown'

/** A transaction's id, shortened, with a button that copies all of it. */
export function TransactionId({ txid }: { readonly txid: string | undefined }) {
  if (txid === undefined) return <Unknown why="nothing was sent yet" />
  return (
    <span className="border-line bg-sunken inline-flex max-w-full items-center rounded border align-middle">
      <span className="px-2 font-mono text-[0.8125rem]" title={txid}>
        {shorten(txid, 8, 6)}
      </span>
      <CopyButton value={txid} what={`transaction ${shorten(txid, 8, 6)}`} />
    </span>
  )
}
