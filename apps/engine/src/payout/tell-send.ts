import { bytesToHex } from '@headframe/core/bytes'
import { addressOfScript } from '@headframe/core/chain/address'
import type { Network } from '@headframe/core/chain/network'
import type { TransactionOutput } from '@headframe/core/chain/transaction'
import { formatBtc } from '@headframe/core/units'
import type { Lead } from '@headframe/db/payout/lead-payouts'
import { listMinersAmong } from '@headframe/db/payout/list-miners-among'
import type { PayoutWallet } from '../wallet/payout-wallet.js'

/** Outputs that are told one by one. */
const MAX_TOLD = 5

/** What a transaction of the wallet has paid, and to whom; its change is left out. */
export async function tellSend(
  { lead, wallet }: { readonly lead: Lead; readonly wallet: Pick<PayoutWallet, 'readSend' | 'owns'> },
  txid: string,
  network: Network,
): Promise<string> {
  const { outputs } = await wallet.readSend(txid)
  const paid: TransactionOutput[] = []
  for (const output of outputs) if (!(await wallet.owns(output.script))) paid.push(output)
  if (paid.length === 0) return 'it has left no coins with anybody else'
  const placeOf = ({ script }: TransactionOutput) => addressOfScript(script, network) ?? bytesToHex(script)
  const miners = await listMinersAmong(lead.pool, paid.map(placeOf))
  const told = paid.slice(0, MAX_TOLD).map((output) => {
    const place = placeOf(output)
    return `${formatBtc(output.valueSats)} BTC to ${place}${miners.has(place) ? ', a miner of this pool' : ''}`
  })
  const more = paid.length > MAX_TOLD ? `; and ${paid.length - MAX_TOLD} more` : ''
  return `this database knows nothing of it. It paid ${told.join('; ')}${more}`
}
