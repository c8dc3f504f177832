/** Digits that tell the aliases of one job apart (`ALIAS_SIZE` bytes), and how many aliases there are. */
export const ALIAS_DIGITS = 2
export const ALIASES_PER_JOB = 16 ** ALIAS_DIGITS

const WIRE_JOB_ID = /^[0-9a-fA-F]{10}$/

/**
 * A job under a fresh id: the job id and its alias. ESP-Miner ignores a notify whose id is among its last 16, so a
 * job that is sent again needs another one.
 */
export function wireJobIdOf(jobId: string, alias: number): string {
  return jobId + alias.toString(16).padStart(ALIAS_DIGITS, '0')
}

/** The number that a job id of eight hex digits writes. It grows by one a job. */
export function jobNumberOf(jobId: string): number {
  return Number.parseInt(jobId, 16)
}

/** Where a notify stands in the order of all that one session may get: the later, the higher. Below 2^40. */
export function positionOf(jobNumber: number, alias: number): number {
  return jobNumber * ALIASES_PER_JOB + alias
}

/** The position that a wire job id names, or undefined when it is not one of ours. */
export function positionOfWireJobId(wireJobId: string): number | undefined {
  return WIRE_JOB_ID.test(wireJobId) ? Number.parseInt(wireJobId, 16) : undefined
}

export function jobNumberAt(position: number): number {
  return Math.floor(position / ALIASES_PER_JOB)
}

export function aliasAt(position: number): number {
  return position % ALIASES_PER_JOB
}
