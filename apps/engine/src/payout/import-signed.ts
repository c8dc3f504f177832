import type { PayoutBatch, PayoutVersion } from '@headframe/core/payout/batch'
import { unsignedTransactionOf } from '@headframe/core/payout/read-psbt'
import { isSignedFormOf } from '@headframe/core/payout/judge-payment'
import { RpcError } from '../bitcoind/rpc-client.js'
import type { CoreWallet } from '../wallet/core-wallet.js'
import type { PayoutStore } from './payout-store.js'
import { signedPaymentOf } from './step-batch.js'

/** The version that waits for a signature. Throws Error when there is none. */
export function versionToSign({ id, state, versions }: PayoutBatch): PayoutVersion {
  const newest = versions.at(-1)
  if (newest === undefined || newest.signed !== undefined)
    throw new Error(`Payout ${id} is ${state}, and has nothing to sign.`)
  return newest
}

/**
 * Takes the signatures that an operator has made elsewhere. Throws Error, and changes nothing, when they are of another
 * transaction or not all of them.
 */
export async function importSigned(
  {
    store,
    wallet,
    nowMs,
  }: {
    readonly store: PayoutStore
    readonly wallet: Pick<CoreWallet, 'combine' | 'finalize'>
    readonly nowMs: () => number
  },
  batch: PayoutBatch,
  psbt: string,
): Promise<string> {
  const version = versionToSign(batch)
  if (!isSignedFormOf(unsignedTransactionOf(psbt), version.unsigned))
    throw new Error(
      `That is a PSBT of another transaction than version ${version.number} of payout ${batch.id}.`,
    )
  const raw = await finalize(wallet, [version.psbt, psbt.trim()])
  if (raw === undefined) throw new Error('Signatures are missing: the PSBT is not complete yet.')
  const payment = signedPaymentOf(raw, version)
  await store.sign(batch.id, version.number, payment, nowMs())
  return payment.txid
}

async function finalize(
  wallet: Pick<CoreWallet, 'combine' | 'finalize'>,
  psbts: readonly string[],
): Promise<Uint8Array | undefined> {
  try {
    return await wallet.finalize(await wallet.combine(psbts))
  } catch (error) {
    if (error instanceof RpcError)
      throw new Error(`The node does not take the PSBT: ${error.message}`, { cause: error })
    throw error
  }
}
