/** What a byte outside of a witness weighs (BIP 141; Bitcoin Core `consensus/consensus.h`). */
export const WITNESS_SCALE_FACTOR = 4

/** Marker, flag, and the coinbase's witness: one item of 32 bytes, each with its size. A weight, and as many bytes. */
export const COINBASE_WITNESS_WEIGHT = 2 + 1 + 1 + 32
