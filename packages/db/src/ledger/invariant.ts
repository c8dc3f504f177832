/** Something that holds of every ledger; `sql` selects `subject`, `detail` and `since` of whatever breaks it. */
export interface Invariant {
  readonly code: string
  readonly sql: string
}
