import { proofPath } from '../../paths'

interface ProofNoteProps {
  readonly hash: string
  readonly address: string
}

/** Where the proof of an amount is, and how to check it without believing the pool. */
export function ProofNote({ hash, address }: ProofNoteProps) {
  return (
    <div className="text-quiet mt-3 text-sm">
      <p>
        <a
          href={proofPath(hash, address)}
          download={`headframe-proof-${hash.slice(-8)}.json`}
          className="link"
        >
          Download the proof
        </a>{' '}
        of this line: its place in the tree whose root the pool has signed. It is there a minute after the
        block is settled. The{' '}
        <a href="/log" className="link">
          public log
        </a>{' '}
        checks all of it, shares included:
      </p>
      <code className="bg-sunken mt-2 block w-fit max-w-full overflow-x-auto rounded px-3 py-2">
        npx headframe-verify THIS-SITE/log
      </code>
    </div>
  )
}
