import { readPeerName } from '@headframe/core/net/peer-name'
import { z } from 'zod'

/** An address as bans are kept by. */
export const peerAddress = z
  .string()
  .max(80)
  .refine((text) => readPeerName(text) !== undefined, {
    error: 'Takes an address such as 192.0.2.7 or 2001:db8::1.',
  })
  .transform((text) => readPeerName(text)!)
  .describe('An IPv4 address, or an IPv6 address, which stands for its /64.')

export const subjectOf = ({ address }: { readonly address: string }): string => `ban of ${address}`
