import Link from 'next/link'

export default function NotFound() {
  return (
    <div className="mx-auto max-w-prose py-16 text-center">
      <h1 className="text-2xl">There is no such page</h1>
      <p className="text-quiet mt-2">
        The{' '}
        <Link href="/" className="link">
          pool
        </Link>
        , its{' '}
        <Link href="/blocks" className="link">
          blocks
        </Link>{' '}
        and its{' '}
        <Link href="/miners" className="link">
          miners
        </Link>{' '}
        are where they were. To find a miner, type his address above.
      </p>
    </div>
  )
}
