import { NETWORKS, type Network } from '../chain/network.js'

/**
 * What a miner signs. Whole sentences, because he should know what he says; one line, because wallets and copying treat
 * line breaks as they like.
 */
export interface AccountText {
  /** Where he is asked, as he sees it in his browser. */
  readonly host: string
  readonly network: Network
  readonly address: string
  /** Random: no two texts are alike. */
  readonly number: string
  /** Times for people, such as `2026-11-26 15:04 UTC`. */
  readonly asked: string
  readonly expires: string
}

/** That he is who has the address. */
export function signInText(text: AccountText): string {
  const { host, network, address } = text
  return `To the mining pool at ${host}: the ${network} address ${address} is mine, and I sign in. ${ending(text)}`
}

/** That he wants to be paid at another address. The pool publishes this text with each payment to it. */
export function payToText(text: AccountText, payTo: string): string {
  const { host, network, address } = text
  const who = `the ${network} address ${address} is mine, and what it is owed shall be paid to ${payTo}`
  return `To the mining pool at ${host}: ${who}. ${ending(text)}`
}

export interface PayTo {
  readonly network: Network
  readonly address: string
  readonly payTo: string
}

const ALPHANUMERIC = '([a-zA-Z0-9]{1,90})'
const PAY_TO = new RegExp(
  `^To the mining pool at [a-zA-Z0-9.:[\\]-]{1,253}: the ([a-z0-9]+) address ${ALPHANUMERIC} is mine, ` +
    `and what it is owed shall be paid to ${ALPHANUMERIC}\\. Number [0-9a-f]+, asked [^,.]+, good until [^,.]+\\. ` +
    `Signing this moves no coins\\.$`,
)

/** What `payToText` says; undefined for any other text. */
export function readPayToText(message: string): PayTo | undefined {
  const [, network, address, payTo] = PAY_TO.exec(message) ?? []
  if (network === undefined || address === undefined || payTo === undefined) return undefined
  if (!Object.hasOwn(NETWORKS, network)) return undefined
  return { network: network as Network, address, payTo }
}

function ending({ number, asked, expires }: AccountText): string {
  return `Number ${number}, asked ${asked}, good until ${expires}. Signing this moves no coins.`
}
