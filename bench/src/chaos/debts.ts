import { minerAccount, WALLET } from '@headframe/core/accounting/account'
import { parseAddress } from '@headframe/core/chain/address'
import { bytesToHex } from '@headframe/core/bytes'
import type { Database } from '@headframe/db/database'
import { postCorrection } from '@headframe/db/ledger/post-correction'
import { requestPlan } from '@headframe/db/payout/control'
import type { Rpc } from '@headframe/local/bitcoin-rpc'

/** Miners of a wallet of their own, and what each was ever owed. */
export class Debts {
  readonly #db: Database
  readonly #miners: Rpc
  readonly #owed = new Map<string, bigint>()

  constructor(db: Database, miners: Rpc) {
    this.#db = db
    this.#miners = miners
  }

  get addresses(): readonly string[] {
    return [...this.#owed.keys()]
  }

  async newMiner(): Promise<string> {
    const type = ['bech32', 'bech32m', 'legacy', 'p2sh-segwit'][this.#owed.size % 4]
    const address = await this.#miners<string>('getnewaddress', ['', type])
    await this.#db.prisma.miner.create({ data: { address, firstSeenAt: new Date() } })
    this.#owed.set(address, 0n)
    return address
  }

  /** Owes an amount, with the coins for it in the books, and has it paid at once. */
  async owe(address: string, amountSats: bigint): Promise<void> {
    const postings = [
      { account: WALLET, amountSats },
      { account: minerAccount(address, 'available'), amountSats: -amountSats },
    ]
    const options = { nowMs: Date.now(), isDryRun: false }
    await postCorrection(this.#db, { author: 'chaos', reason: 'mined', postings }, options)
    this.#owed.set(address, this.#owed.get(address)! + amountSats)
    await requestPlan(this.#db, 'chaos', Date.now())
  }

  /** Who has more, or in the end anything but, what he was owed, by the node's own set of coins. */
  async wronged(isEnd: boolean): Promise<string[]> {
    if (this.#owed.size === 0) return []
    const descriptors = this.addresses.map((address) => `addr(${address})`)
    const { unspents } = await this.#miners<{ unspents: { scriptPubKey: string; amount: number }[] }>(
      'scantxoutset',
      ['start', descriptors],
    )
    const paid = new Map<string, bigint>()
    for (const { scriptPubKey, amount } of unspents)
      paid.set(scriptPubKey, (paid.get(scriptPubKey) ?? 0n) + BigInt(Math.round(amount * 1e8)))
    return [...this.#owed].flatMap(([address, owed]) => {
      const got = paid.get(scriptOf(address)) ?? 0n
      const isRight = isEnd ? got === owed : got <= owed
      return isRight ? [] : [`${address} was owed ${owed} satoshis and has ${got}`]
    })
  }
}

function scriptOf(address: string): string {
  const parsed = parseAddress(address, 'regtest')
  if (!parsed.ok) throw new Error(parsed.message)
  return bytesToHex(parsed.script)
}
