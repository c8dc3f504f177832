import { bytesToHex } from '@headframe/core/bytes'
import type { SignedPayment } from '@headframe/core/payout/batch'
import { RpcError } from '../bitcoind/rpc-client.js'
import { PayoutProblem } from './payout-problem.js'
import type { Sent } from './payout-wallet.js'
import { satsOfNumber, type WalletRpc } from './wallet-rpc.js'

/** Bitcoin Core `src/rpc/protocol.h`. */
const VERIFY_ERROR = -25
const VERIFY_REJECTED = -26
const VERIFY_ALREADY_IN_UTXO_SET = -27

/** What a node says of a transaction that it would take with a higher fee. */
const FEE_TOO_LOW = /min relay fee not met|mempool min fee not met|insufficient fee|mempool full/
/** Satoshis a virtual byte: none. The pool has a cap of its own, which is looked at before anything is signed. */
const NO_FEE_CAP = 0

/** Hands a transaction to the node. Throws PayoutProblem, and sends nothing, when it would cost anything but `feeSats`. */
export async function sendPayment(
  rpc: WalletRpc,
  { raw, txid }: SignedPayment,
  feeSats: bigint,
): Promise<Sent> {
  const hex = bytesToHex(raw)
  const [test] = await rpc.call<{ fees?: { base: number } }[]>('testmempoolaccept', [[hex], NO_FEE_CAP])
  const costsSats = test?.fees && satsOfNumber(test.fees.base)
  if (costsSats !== undefined && costsSats !== feeSats)
    throw new PayoutProblem(
      'payment-differs',
      `${txid} costs ${costsSats} satoshis, and ${feeSats} were agreed`,
    )
  try {
    await rpc.call('sendrawtransaction', [hex, NO_FEE_CAP])
    return { kind: 'sent' }
  } catch (error) {
    if (!(error instanceof RpcError)) throw error
    return outcomeOf(error)
  }
}

function outcomeOf({ code, message }: RpcError): Sent {
  if (code === VERIFY_ALREADY_IN_UTXO_SET) return { kind: 'spent' }
  if (code === VERIFY_ERROR && message.includes('missingorspent')) return { kind: 'spent' }
  if (code === VERIFY_REJECTED && message.includes('txn-mempool-conflict')) return { kind: 'spent' }
  return { kind: FEE_TOO_LOW.test(message) ? 'fee-too-low' : 'refused', reason: message }
}
