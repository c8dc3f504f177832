/**
 * Stands where a number was not measured. The reason is read out and shown on hover; where there is room, pages
 * print it beside.
 */
export function Unknown({ why }: { readonly why: string }) {
  return (
    <span className="text-faint" title={why}>
      <span aria-hidden="true">—</span>
      <span className="sr-only">unknown: {why}</span>
    </span>
  )
}
