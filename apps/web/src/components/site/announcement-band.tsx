'use client'

import { useQuery } from '@tanstack/react-query'
import { Megaphone } from 'lucide-react'
import type { ShownAnnouncement } from '../../server/announcement'
import { useTRPC } from '../../trpc/client'
import { Age } from '../age'

const REFRESH_MS = 60_000

/** What the operator announces, above every page. */
export function AnnouncementBand({ announced }: { readonly announced: ShownAnnouncement | null }) {
  const trpc = useTRPC()
  const { data } = useQuery({
    ...trpc.pool.announcement.queryOptions(),
    initialData: announced,
    refetchInterval: REFRESH_MS,
  })
  return (
    <div role="status">
      {data !== null && (
        <p className="border-ochre/50 bg-ochre-wash text-ink flex items-baseline justify-center gap-2 border-b px-4 py-2 text-sm">
          <Megaphone
            size={16}
            strokeWidth={1.75}
            aria-hidden="true"
            className="text-ochre shrink-0 self-center"
          />
          <span className="min-w-0 wrap-anywhere">
            <span className="sr-only">The operator says: </span>
            {data.text}{' '}
            <span className="text-quiet">
              <Age atMs={data.sinceMs} />
            </span>
          </span>
        </p>
      )}
    </div>
  )
}
