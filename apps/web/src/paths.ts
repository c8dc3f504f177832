/** Where the pages of this site are: the one place that knows. */
export const blockPath = (hash: string): string => `/blocks/${hash}`
export const workerPath = (address: string, workerName: string): string =>
  // A worker without a name has a page too: its path ends with the dot of `address.worker`.
  `/miners/${encodeURIComponent(address)}/${workerName === '' ? NO_NAME : encodeURIComponent(workerName)}`
export const payoutPath = (batchId: bigint): string => `/payouts?upTo=${batchId}`

/** What `payouts.list` takes to begin with a batch: it gives those before its cursor. */
export function cursorUpTo(upTo: string | undefined): string | null {
  return upTo === undefined ? null : String(BigInt(upTo) + 1n)
}

const BATCH = /^\d{1,17}$/

/** The batch that an address names. */
export function upToOfParam(param: string | string[] | undefined): string | undefined {
  return typeof param === 'string' && BATCH.test(param) ? param : undefined
}
export const proofPath = (hash: string, address: string): string => `/log/proofs/${hash}/${address}.json`

/** Stands in a path for the worker that was not named; `.` alone would be taken for the folder. */
const NO_NAME = '~'

export const workerNameOfPath = (part: string): string => (part === NO_NAME ? '' : part)

export { minerPath } from './my-miner/miner-path'
