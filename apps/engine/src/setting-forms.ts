import { resolve } from 'node:path'
import { parseBitcoinNodes, type BitcoinNode } from '@headframe/core/node/bitcoin-nodes'
import { parseBtc } from '@headframe/core/units'
import { z } from 'zod'

/** The forms that settings take, as steps of zod: what an operator writes, and what the program gets. */

export const wholeNumber = (min: number, max: number) => z.coerce.number().int().min(min).max(max)

/** 0 is no limit. */
export const limit = wholeNumber(0, 1_000_000_000)
export const urlOf = (...protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `takes a URL that starts with ${protocols.join(' or ')}//`,
  })

/** An amount; 0 is no limit where one is meant. */
export const satoshis = z
  .string()
  .regex(/^\d{1,16}$/, { error: 'takes a whole number of satoshis' })
  .transform(BigInt)

/** `host:port`; an IPv6 address stands in brackets. */
export function parseListenAddress(text: string): { readonly host: string; readonly port: number } {
  const [, host, port] = /^(\[[\da-f:.]+\]|[^\s:[\]]+):(\d{1,5})$/i.exec(text) ?? []
  if (host === undefined || Number(port) > 65_535) throw new Error('takes host:port, such as 127.0.0.1:9464')
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) }
}

/** One node, and its wallet in the path of its URL. */
export function parseWallet(text: string): BitcoinNode {
  const [node, ...others] = parseBitcoinNodes(text)
  if (node === undefined || others.length > 0) throw new Error('takes one node')
  if (!/^\/wallet\/.+$/.test(new URL(node.url).pathname))
    throw new Error(
      'takes a URL with the wallet in its path, such as http://user:password@127.0.0.1:8332/wallet/payouts',
    )
  return node
}

/** URLs behind commas or white space. */
export function parseRelays(text: string): readonly string[] {
  const urls = text.split(/[\s,]+/).filter((url) => url !== '')
  const isRelay = (url: string): boolean => URL.canParse(url) && /^wss?:$/.test(new URL(url).protocol)
  if (!urls.every(isRelay)) throw new Error('takes URLs such as wss://relay.example.org, behind commas')
  return urls
}

export function withoutSlash(url: string): string {
  return url.replace(/\/$/, '')
}

/** Satoshis of an amount in BTC above 0. */
export function parseReserve(text: string): bigint {
  const sats = parseBtc(text)
  if (sats <= 0n) throw new Error('takes an amount of bitcoin above 0')
  return sats
}

/** Runs a parser that throws as a zod step, so that its message stands beside the other problems. */
export const parsedBy = <T>(parse: (text: string) => T) =>
  z.string().transform((text, context) => {
    try {
      return parse(text)
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message })
      return z.NEVER
    }
  })

/** A text that a parser takes; stays text. */
export const textFor = (parse: (text: string) => unknown) =>
  z.string().superRefine((text, context) => {
    try {
      parse(text)
    } catch (error) {
      context.addIssue({ code: 'custom', message: (error as Error).message })
    }
  })

/** A path, which is taken from where the program was started. */
export const path = z.string().transform((text) => resolve(text))
