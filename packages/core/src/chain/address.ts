import { base58, bech32, bech32m } from '@scure/base'
import { concatBytes, equalBytes } from '../bytes.js'
import { sha256d } from '../hash.js'
import { NETWORKS, type Network, type NetworkParams } from './network.js'
import { outputScript, templateOfScript, type AddressType } from './output-script.js'

export type AddressProblem =
  'empty' | 'malformed' | 'bad-checksum' | 'wrong-network' | 'unsupported-witness-version'

export interface ValidAddress {
  readonly ok: true
  /** As the pool writes it: segwit addresses in lower case. */
  readonly address: string
  /** The output script that pays it. */
  readonly script: Uint8Array
  readonly type: AddressType
}

export interface InvalidAddress {
  readonly ok: false
  readonly problem: AddressProblem
  /** For the miner. */
  readonly message: string
}

export type ParsedAddress = ValidAddress | InvalidAddress

/** Longest address of any kind (BIP 173). It also bounds the work on a hostile text. */
const MAX_ADDRESS_LENGTH = 90
const CHECKSUM_SIZE = 4
const BASE58_PAYLOAD_SIZE = 21
const NOT_AN_ADDRESS = 'This is not a Bitcoin address.'
const NO_RULES_YET = 'This kind of address has no rules yet: whoever sees the payment could take it.'
const MISTYPED = 'The checksum of this address is wrong: it was mistyped or cut off.'

/** Judges an address that somebody gave to a pool that mines `network`. */
export function parseAddress(text: string, network: Network): ParsedAddress {
  if (text === '') return refuse('empty', 'There is no address.')
  if (text.length > MAX_ADDRESS_LENGTH) return refuse('malformed', NOT_AN_ADDRESS)
  const lower = text.toLowerCase()
  const hrp = HRPS.find((candidate) => lower.startsWith(`${candidate}1`))
  if (hrp === undefined) return parseBase58(text, network)
  if (text !== lower && text !== text.toUpperCase()) {
    return refuse('malformed', 'This address mixes upper and lower case.')
  }
  return parseSegwit(lower, hrp, network)
}

/** The address that a script pays to, or null when the script has no address. */
export function addressOfScript(script: Uint8Array, network: Network): string | null {
  const template = templateOfScript(script)
  if (template === null) return null
  const { type, payload } = template
  const { hrp, p2pkhVersion, p2shVersion } = NETWORKS[network]
  if (type === 'p2pkh') return encodeBase58(p2pkhVersion, payload)
  if (type === 'p2sh') return encodeBase58(p2shVersion, payload)
  if (type === 'p2tr') return bech32m.encode(hrp, [1, ...bech32m.toWords(payload)])
  return bech32.encode(hrp, [0, ...bech32.toWords(payload)])
}

const HRPS: readonly string[] = [...new Set(Object.values(NETWORKS).map(({ hrp }) => hrp))]

/** BIP 173 and 350: version 0 has a bech32 checksum, every later one a bech32m checksum. */
function parseSegwit(lower: string, hrp: string, network: Network): ParsedAddress {
  const decoded = bech32.decodeUnsafe(lower) ?? bech32m.decodeUnsafe(lower)
  if (decoded === undefined) return refuse('bad-checksum', MISTYPED)
  const [version, ...words] = decoded.words
  const program = bech32.fromWordsUnsafe(words)
  if (decoded.prefix !== hrp || version === undefined || version > 16 || program === undefined) {
    return refuse('malformed', NOT_AN_ADDRESS)
  }
  const checksum = version === 0 ? bech32 : bech32m
  if (checksum.decodeUnsafe(lower) === undefined) return refuse('bad-checksum', MISTYPED)
  const type = segwitType(version, program.length)
  if (program.length < 2 || program.length > 40 || (version === 0 && type === null)) {
    return refuse('malformed', NOT_AN_ADDRESS)
  }
  if (NETWORKS[network].hrp !== hrp) return refuseNetwork((params) => params.hrp === hrp, network)
  if (type === null) return refuse('unsupported-witness-version', NO_RULES_YET)
  return { ok: true, address: lower, type, script: outputScript({ type, payload: program }) }
}

function segwitType(version: number, programSize: number): AddressType | null {
  if (version === 0 && programSize === 20) return 'p2wpkh'
  if (version === 0 && programSize === 32) return 'p2wsh'
  if (version === 1 && programSize === 32) return 'p2tr'
  return null
}

function parseBase58(text: string, network: Network): ParsedAddress {
  const bytes = decodeBase58(text)
  if (bytes?.length !== BASE58_PAYLOAD_SIZE + CHECKSUM_SIZE) return refuse('malformed', NOT_AN_ADDRESS)
  const body = bytes.subarray(0, BASE58_PAYLOAD_SIZE)
  if (!equalBytes(bytes.subarray(BASE58_PAYLOAD_SIZE), checksumOf(body)))
    return refuse('bad-checksum', MISTYPED)
  const version = body[0]
  const hasVersion = (params: NetworkParams): boolean =>
    version === params.p2pkhVersion || version === params.p2shVersion
  if (!hasVersion(NETWORKS[network])) return refuseNetwork(hasVersion, network)
  const type = version === NETWORKS[network].p2pkhVersion ? 'p2pkh' : 'p2sh'
  return { ok: true, address: text, type, script: outputScript({ type, payload: body.subarray(1) }) }
}

function decodeBase58(text: string): Uint8Array | undefined {
  try {
    return base58.decode(text)
  } catch {
    return undefined
  }
}

function encodeBase58(version: number, payload: Uint8Array): string {
  const body = concatBytes(Uint8Array.of(version), payload)
  return base58.encode(concatBytes(body, checksumOf(body)))
}

function checksumOf(body: Uint8Array): Uint8Array {
  return sha256d(body).subarray(0, CHECKSUM_SIZE)
}

/** Names every network that the address could be of: the test networks share their prefixes. */
function refuseNetwork(isOf: (params: NetworkParams) => boolean, network: Network): InvalidAddress {
  const names = (Object.keys(NETWORKS) as Network[]).filter((name) => isOf(NETWORKS[name]))
  if (names.length === 0) return refuse('malformed', NOT_AN_ADDRESS)
  return refuse('wrong-network', `This is a ${names.join(' or ')} address; this pool mines ${network}.`)
}

function refuse(problem: AddressProblem, message: string): InvalidAddress {
  return { ok: false, problem, message }
}
