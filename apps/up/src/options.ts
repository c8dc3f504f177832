/** What `scripts/lib/up-options.mjs` has read and checked. */
export interface UpOptions {
  /** Whole path. */
  readonly dataDirectory: string
  readonly webPort: number
  /** For PPLNS; the port above it is for solo mining, and the next for FPPS where a reserve is declared. */
  readonly stratumPort: number
  /** The address that the dashboard and Stratum listen on. */
  readonly host: string
  /** Whether the demonstration's miners run. */
  readonly miner: boolean
}
