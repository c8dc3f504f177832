/**
 * The mark: a headframe, the tower over a shaft. Sheave wheel on top, two legs and their bracing, the raking
 * back-leg that takes the pull of the winder, and the rope going down below ground.
 */
export function Mark({ size }: { readonly size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden="true" focusable="false">
      <g stroke="currentColor" strokeWidth="2" strokeLinecap="square" strokeLinejoin="miter">
        <path d="M11.5 9 8 24M16.5 9l0 15M16.5 11.5 27 24" />
        <path d="M10.4 14h6.1M9.2 19h7.3M10.4 14l6.1 5M16.5 17.5l4.6-.6" strokeWidth="1.25" />
        <path d="M3 25h26" />
      </g>
      <circle cx="13" cy="6" r="3.6" stroke="var(--color-copper)" strokeWidth="2" />
      <path d="M12.6 26v5" stroke="var(--color-copper)" strokeWidth="2" />
    </svg>
  )
}
