interface QrCodeProps {
  readonly squares: readonly (readonly boolean[])[]
  readonly label: string
}

/** Dark on light in either theme: cameras want it so. */
export function QrCode({ squares, label }: QrCodeProps) {
  const size = squares.length
  const path = squares
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('')
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="w-56 max-w-full rounded"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
