import type { PayoutBatch } from '@headframe/core/payout/batch'
import type { Transaction } from '@headframe/core/chain/transaction'
import { unsignedTransactionOf } from '@headframe/core/payout/read-psbt'
import { signedDifference } from '@headframe/core/payout/signed-difference'
import { versionToSign } from '@headframe/core/payout/version-to-sign'
import { RpcError } from '../bitcoind/rpc-client.js'
import type { CoreWallet } from '../wallet/core-wallet.js'
import type { PayoutStore } from './payout-store.js'
import { signedPaymentOf } from './step-batch.js'

export interface ImportModules {
  readonly store: Pick<PayoutStore, 'sign'>
  readonly wallet: Pick<CoreWallet, 'combine' | 'finalize'>
  readonly nowMs: () => number
}

/**
 * Takes the signatures that an operator has made elsewhere, and returns the id of the transaction. Those of a version
 * that is signed already change nothing. Throws Error, and changes nothing, when they are of another transaction or not
 * all of them.
 */
export async function importSigned(
  { store, wallet, nowMs }: ImportModules,
  batch: PayoutBatch,
  psbt: string,
): Promise<string> {
  const transaction = transactionOf(psbt)
  const known = batch.versions.find(({ unsigned }) => signedDifference(transaction, unsigned) === undefined)
  if (known?.signed !== undefined) return known.signed.txid
  const version = versionToSign(batch)
  const difference = signedDifference(transaction, version.unsigned)
  if (difference !== undefined)
    throw new Error(
      `That is a PSBT of another transaction than version ${version.number} of payout ${batch.id}: it ${difference}.`,
    )
  const raw = await finalize(wallet, [version.psbt, psbt.trim()])
  if (raw === undefined) throw new Error('Signatures are missing: the PSBT is not complete yet.')
  const payment = signedPaymentOf(raw, version)
  await store.sign(batch.id, version.number, payment, nowMs())
  return payment.txid
}

function transactionOf(psbt: string): Transaction {
  try {
    return unsignedTransactionOf(psbt)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new Error(`That is no PSBT of version 0 (BIP 174) in base64: ${error.message}.`, { cause: error })
  }
}

async function finalize(
  wallet: ImportModules['wallet'],
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
