import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'

/** A certificate that signs itself, made on the spot: no key has to lie in the repository. */
export interface MadeCertificate {
  readonly certPem: string
  readonly keyPem: string
}

const SEQUENCE = 0x30
const SET = 0x31
const INTEGER = 0x02
const BIT_STRING = 0x03
const OBJECT_ID = 0x06
const UTF8_STRING = 0x0c
const GENERALIZED_TIME = 0x18
/** RFC 5280 section 4.1: a context tag of its own for the version. */
const VERSION_TAG = 0xa0

/** ecdsa-with-SHA256, 1.2.840.10045.4.3.2 (RFC 5758). */
const ECDSA_WITH_SHA256 = der(SEQUENCE, der(OBJECT_ID, Buffer.from('2a8648ce3d040302', 'hex')))
/** commonName, 2.5.4.3. */
const COMMON_NAME = der(OBJECT_ID, Buffer.from('550403', 'hex'))
const VERSION_3 = der(VERSION_TAG, der(INTEGER, Buffer.from([2])))

export function makeKey(): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } {
  return generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
}

export function pemOfKey(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }) as string
}

/** RFC 5280 section 4.1, with nothing that is optional. */
export function makeCertificate(commonName: string, notAfterMs: number): MadeCertificate {
  const { privateKey, publicKey } = makeKey()
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8_STRING, Buffer.from(commonName)))))
  const validity = der(SEQUENCE, time(Date.UTC(2020, 0)), time(notAfterMs))
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const serial = der(INTEGER, Buffer.from([1]))
  const content = der(SEQUENCE, VERSION_3, serial, ECDSA_WITH_SHA256, name, validity, name, spki)
  const signature = der(BIT_STRING, Buffer.from([0]), sign('sha256', content, privateKey))
  const base64 = der(SEQUENCE, content, ECDSA_WITH_SHA256, signature).toString('base64')
  const lines = base64.match(/.{1,64}/g)!.join('\n')
  return {
    certPem: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    keyPem: pemOfKey(privateKey),
  }
}

function time(ms: number): Buffer {
  const text = new Date(ms).toISOString().replace(/\.\d+|[-:T]/g, '')
  return der(GENERALIZED_TIME, Buffer.from(text))
}

/** X.690: tag, length, content. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}
