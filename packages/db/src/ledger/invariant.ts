/** Something that holds of every ledger; `sql` selects `subject`, `detail` and `since` of whatever breaks it. */
export interface Invariant {
  readonly code: string
  readonly sql: string
  /**
   * The same of what is new behind the mark (`ledger-mark`), where that is asked otherwise. Undefined: it holds of a
   * transaction, block or payout alone, so that it can be asked of those that are new (`new-scope`).
   */
  readonly ofNew?: string
}
