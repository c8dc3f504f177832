import clsx from 'clsx'
import { Skeleton } from '../skeleton'

/** As high as the chart and the line below it. */
export function ChartSkeleton({ isMain = false }: { readonly isMain?: boolean }) {
  return (
    <div>
      <Skeleton className={clsx('h-56 w-full', isMain ? 'sm:h-64 lg:h-[21.5rem]' : 'sm:h-56')} />
      <div className="h-9" />
    </div>
  )
}
