import { BlockList, isIP } from 'node:net'

/**
 * Reads addresses and networks behind commas or white space, such as `127.0.0.0/8, ::1`. The list tells by
 * `isListed` who is in it. Throws an Error that names the part and what it takes.
 */
export function parseAddressList(text: string): BlockList {
  const list = new BlockList()
  for (const part of text.split(/[\s,]+/)) if (part !== '') addPart(list, part)
  return list
}

/** Whether an address in text form stands in the list; `::ffff:1.2.3.4` counts as `1.2.3.4`. */
export function isListed(list: BlockList, address: string): boolean {
  const version = isIP(address)
  return version !== 0 && list.check(address, version === 4 ? 'ipv4' : 'ipv6')
}

function addPart(list: BlockList, part: string): void {
  const [address = '', prefix, ...rest] = part.split('/')
  const version = isIP(address)
  if (version === 0 || address.includes('%') || rest.length > 0)
    throw new Error(`"${part}" is not an address or network such as 192.0.2.7, 192.0.2.0/24 or 2001:db8::/48`)
  const type = version === 4 ? 'ipv4' : 'ipv6'
  if (prefix === undefined) return list.addAddress(address, type)
  const maxBits = version === 4 ? 32 : 128
  const bits = /^\d{1,3}$/.test(prefix) ? Number(prefix) : NaN
  if (!(bits <= maxBits)) throw new Error(`"${part}": what stands behind the slash is 0 to ${maxBits}`)
  list.addSubnet(address, bits, type)
}
