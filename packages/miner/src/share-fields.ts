/** What a share is made of, besides its job. */
export interface ShareFields {
  readonly jobId: string
  readonly extranonce2: Uint8Array
  readonly ntime: number
  readonly nonce: number
  /** Left out for a submit of five parameters. */
  readonly versionBits?: number | undefined
}

export type SubmitAnswer =
  { readonly isAccepted: true } | { readonly isAccepted: false; readonly code: number; readonly text: string }
