/** Calls that travel in one request: more than any page makes at once. */
export const MAX_BATCH_SIZE = 12
