import fc from 'fast-check'
import { outputScript, type AddressType } from '../../src/chain/output-script.js'
import type { PlannedOutput } from '../../src/job/coinbase-plan.js'

const SIZES: Readonly<Record<AddressType, number>> = { p2pkh: 20, p2sh: 20, p2wpkh: 20, p2wsh: 32, p2tr: 32 }

/** Of any kind, and no two alike. */
export function scriptOf(type: AddressType, number: number): Uint8Array {
  const payload = new Uint8Array(SIZES[type])
  new DataView(payload.buffer).setUint32(0, number)
  return outputScript({ type, payload })
}

/** Parts that are at most the whole. */
export const plannedOutputs = (maxLength: number): fc.Arbitrary<PlannedOutput[]> =>
  fc
    .array(fc.tuple(fc.constantFrom(...(Object.keys(SIZES) as AddressType[])), fc.nat(10_000)), { maxLength })
    .map((parts) => {
      const sum = parts.reduce((total, [, part]) => total + part, 0)
      return parts.map(([type, part], number) => ({
        script: scriptOf(type, number),
        basisPoints: sum <= 10_000 ? part : Math.floor((part * 10_000) / sum),
      }))
    })
