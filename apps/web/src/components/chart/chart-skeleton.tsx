import { Skeleton } from '../skeleton'

/** As high as the chart and the line below it. */
export function ChartSkeleton() {
  return (
    <div>
      <Skeleton className="h-56 w-full sm:h-64" />
      <div className="h-9" />
    </div>
  )
}
