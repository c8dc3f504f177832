import { hexToBytes } from '@headframe/core/bytes'
import { blockHash, displayHash, parseHeader } from '@headframe/core/chain/header'
import { isHashAtMost, targetOfNbits, targetToBytes } from '@headframe/core/chain/target'

/** Why a header of 80 bytes of hex is not that of a block with this hash; undefined when it is. */
export function problemOfHeader(header: string, hash: string): string | undefined {
  const bytes = hexToBytes(header)
  const found = blockHash(bytes)
  if (displayHash(found) !== hash) return 'its header has another hash'
  const target = targetOfNbits(parseHeader(bytes).nbits)
  const hasWork = target !== null && isHashAtMost(found, targetToBytes(target))
  return hasWork ? undefined : 'its hash is above its target'
}
