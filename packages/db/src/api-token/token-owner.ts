/** Whose a token is. */
export type TokenOwner =
  | { readonly kind: 'miner'; readonly minerId: number }
  | { readonly kind: 'operator'; readonly operatorId: number }

/** The two columns that say it. */
export function ownerColumns(
  owner: TokenOwner,
): readonly [minerId: number | null, operatorId: number | null] {
  return owner.kind === 'miner' ? [owner.minerId, null] : [null, owner.operatorId]
}
