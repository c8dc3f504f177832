import { lookup } from 'node:dns/promises'
import { isIP, type BlockList, type LookupFunction } from 'node:net'
import { canonicalIpAddress } from '@headframe/core/net/ip-address'
import { isPublicAddress } from '@headframe/core/net/public-address'
import { isListed } from '../address-list.js'

/** Where people run HTTPS for others; a pool that could be led to any port would be a port scanner. */
const PORTS = ['', '443', '8443']
const SECURE_PROTOCOLS = ['https:', 'wss:']

/** A place that the pool does not go to, whoever asks; trying again does not help. */
export class TargetRefused extends Error {
  override readonly name = 'TargetRefused'
}

export type ResolveHost = (host: string) => Promise<readonly string[]>

export interface TargetGuardOptions {
  /** Addresses that may be reached at any port and without TLS, however private they are. */
  readonly allowed: BlockList
  readonly resolve?: ResolveHost | undefined
}

/** Where to connect for a URL: this address, and no other that its name may have by then. */
export interface PinnedTarget {
  readonly url: URL
  readonly address: string
  readonly lookup: LookupFunction
}

/**
 * Keeps URLs that users have given from leading into the operator's own network. The name is resolved once; every address
 * that it has must be one for all the world; what is connected to is the address that was looked at.
 */
export class TargetGuard {
  readonly #allowed: BlockList
  readonly #resolve: ResolveHost

  constructor({ allowed, resolve = resolveHost }: TargetGuardOptions) {
    this.#allowed = allowed
    this.#resolve = resolve
  }

  /** Throws TargetRefused, or what the resolver throws. */
  async pin(text: string): Promise<PinnedTarget> {
    // Reading it as a URL writes every form of an IPv4 address (decimal, hex, octal, short) as four decimals.
    const url = new URL(text)
    const host = url.hostname.replace(/^\[|\]$/g, '')
    const addresses = isIP(host) === 0 ? await this.#resolve(host) : [host]
    const [address] = addresses
    if (address === undefined) throw new Error(`${host} has no address`)
    for (const each of addresses) this.#check(url, each)
    return { url, address, lookup: lookupOf(address) }
  }

  #check(url: URL, address: string): void {
    const canonical = canonicalIpAddress(address)
    if (canonical !== undefined && isListed(this.#allowed, canonical)) return
    if (canonical === undefined || !isPublicAddress(address))
      throw new TargetRefused(`${url.hostname} is no public address`)
    if (!SECURE_PROTOCOLS.includes(url.protocol))
      throw new TargetRefused(`${url.protocol}// is not encrypted`)
    if (!PORTS.includes(url.port)) throw new TargetRefused(`port ${url.port} is not 443 or 8443`)
  }
}

/** What was connected to is what was looked at. */
export function isPinned({ address }: PinnedTarget, remoteAddress: string | undefined): boolean {
  return remoteAddress !== undefined && canonicalIpAddress(remoteAddress) === canonicalIpAddress(address)
}

function lookupOf(address: string): LookupFunction {
  const family = isIP(address)
  return (_host, options, done) => {
    if (options.all === true) done(null, [{ address, family }])
    else done(null, address, family)
  }
}

async function resolveHost(host: string): Promise<string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address)
}
