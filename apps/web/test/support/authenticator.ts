import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'

/** What a browser and its device are asked for, and by whom. */
export interface Asked {
  readonly challenge: string
  readonly origin: string
  readonly host: string
}

const USER_PRESENT = 0x01
const USER_VERIFIED = 0x04
const HAS_CREDENTIAL = 0x40

/** A passkey of P-256, and the device that has it; it signs whatever it is asked to, as no browser would. */
export class Authenticator {
  readonly id = randomBytes(16)
  signCount = 0
  readonly #privateKey: KeyObject
  readonly #coordinates: readonly Buffer[]

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
    this.#privateKey = privateKey
    this.#coordinates = [x, y].map((coordinate) => Buffer.from(coordinate, 'base64url'))
  }

  create({ challenge, origin, host }: Asked): RegistrationResponseJSON {
    const authData = this.#authData(host, HAS_CREDENTIAL, [
      Buffer.alloc(16),
      Buffer.from([0, this.id.length]),
      this.id,
      this.#publicKey(),
    ])
    // CBOR: { fmt: 'none', attStmt: {}, authData }.
    const attestation = Buffer.concat([
      Buffer.from([0xa3]),
      text('fmt'),
      text('none'),
      text('attStmt'),
      Buffer.from([0xa0]),
      text('authData'),
      bytes(authData),
    ])
    return this.#response({
      clientDataJSON: clientData('webauthn.create', challenge, origin).toString('base64url'),
      attestationObject: attestation.toString('base64url'),
    })
  }

  get({ challenge, origin, host }: Asked): AuthenticationResponseJSON {
    this.signCount += 1
    const authData = this.#authData(host, 0, [])
    const client = clientData('webauthn.get', challenge, origin)
    const signed = Buffer.concat([authData, sha256(client)])
    return this.#response({
      clientDataJSON: client.toString('base64url'),
      authenticatorData: authData.toString('base64url'),
      signature: sign('sha256', signed, this.#privateKey).toString('base64url'),
    })
  }

  #response<T>(response: T) {
    const id = this.id.toString('base64url')
    return { id, rawId: id, type: 'public-key' as const, clientExtensionResults: {}, response }
  }

  #authData(host: string, flags: number, more: readonly Buffer[]): Buffer {
    const head = Buffer.alloc(5)
    head[0] = USER_PRESENT | USER_VERIFIED | flags
    head.writeUInt32BE(this.signCount, 1)
    return Buffer.concat([sha256(Buffer.from(host)), head, ...more])
  }

  /** COSE in CBOR: { 1: EC2, 3: ES256, -1: P-256, -2: x, -3: y }. */
  #publicKey(): Buffer {
    const [x, y] = this.#coordinates.map(bytes)
    const head = [0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01]
    return Buffer.concat([Buffer.from([...head, 0x21]), x!, Buffer.from([0x22]), y!])
  }
}

const sha256 = (data: Buffer): Buffer => createHash('sha256').update(data).digest()

const clientData = (type: string, challenge: string, origin: string): Buffer =>
  Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))

/** CBOR, of up to 23 letters. */
const text = (value: string): Buffer =>
  Buffer.concat([Buffer.from([0x60 + value.length]), Buffer.from(value)])
/** CBOR, of up to 255 bytes. */
const bytes = (value: Buffer): Buffer => Buffer.concat([Buffer.from([0x58, value.length]), value])
