/** Longest pool tag: leaves room in the coinbase script for height, extranonces and the node's own flags. */
export const POOL_TAG_MAX_SIZE = 40

const PRINTABLE_ASCII = /^[\x20-\x7e]*$/

/** What is wrong with a pool tag, in words for whoever set it; null when nothing is. An empty tag is fine. */
export function problemOfPoolTag(poolTag: string): string | null {
  if (!PRINTABLE_ASCII.test(poolTag)) return 'The pool tag may hold only printable ASCII characters.'
  if (poolTag.length <= POOL_TAG_MAX_SIZE) return null
  return `The pool tag has ${poolTag.length} characters; at most ${POOL_TAG_MAX_SIZE} fit into a coinbase.`
}
