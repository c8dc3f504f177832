/** How a caller follows a start that may download for minutes, and how he calls it off. */
export interface Starting {
  /** One line for a person. */
  readonly onProgress?: ((line: string) => void) | undefined
  /** When aborted, the start fails soon, and leaves nothing running. */
  readonly signal?: AbortSignal | undefined
}
