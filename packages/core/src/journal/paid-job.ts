import { parseAddress } from '../chain/address.js'
import type { Network } from '../chain/network.js'
import { fillSuffix } from '../job/open-suffix.js'
import type { JobContent, WorkerIdentity } from './segment.js'

/**
 * A job of the archive as the worker had it: where its coinbase pays whoever finds the block, with his script in it.
 * Throws RangeError when the worker's address is none of the network's, which no worker was ever authorized with.
 */
export function paidJob(
  job: JobContent,
  { address }: Pick<WorkerIdentity, 'address'>,
  network: Network,
): JobContent {
  if (job.openSuffix === undefined) return job
  const parsed = parseAddress(address, network)
  if (!parsed.ok) throw new RangeError(`"${address}" cannot be paid: ${parsed.message}`)
  return { ...job, coinbaseSuffix: fillSuffix(job.openSuffix, parsed.script) }
}
