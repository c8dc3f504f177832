import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { realpathSync } from 'node:fs'

/**
 * The words that two processes of one host exchange before a miner is handed over. Anyone on the machine may connect to
 * a home, and anyone may listen where a home should be: so each proves to the other that it can read the data folder.
 *
 *   home: nonce            foreigner: {...introduction, "nonce", "proof"}            home: proof
 *
 * Each is one line. Behind the last one stands what the miner and the home have to say to each other.
 */
export interface Introduction {
  readonly remoteAddress: string
  /** The port on which the miner came in. */
  readonly portNumber: number
  /** How many of the requests in the bytes that follow were answered before the miner was handed over. */
  readonly answeredCount: number
}

export const MAX_LINE_BYTES = 1_024
export const NONCE_BYTES = 16

/** An abstract Unix socket, which the kernel frees with the process, whatever ends it. Linux only, as all of `serve`. */
export function homeAddress(dataDir: string, prefix: number): string {
  const folder = createHash('sha256').update(realpathSync(dataDir)).digest('hex').slice(0, 32)
  return `\0headframe-home-${folder}-${prefix.toString(16).padStart(3, '0')}`
}

export function formatIntroduction(
  secret: string,
  homeNonce: string,
  nonce: string,
  introduction: Introduction,
): string {
  const { remoteAddress, portNumber, answeredCount } = introduction
  const proof = prove(secret, ['foreigner', homeNonce, nonce, remoteAddress, portNumber, answeredCount])
  return JSON.stringify({ remoteAddress, portNumber, answeredCount, nonce, proof })
}

/** Undefined when the line is of somebody who does not know the secret. */
export function readIntroduction(
  secret: string,
  homeNonce: string,
  line: string,
): (Introduction & { readonly nonce: string }) | undefined {
  const { remoteAddress, portNumber, answeredCount, nonce, proof } = parseObject(line)
  if (typeof remoteAddress !== 'string') return undefined
  if (typeof portNumber !== 'number' || typeof answeredCount !== 'number') return undefined
  if (typeof nonce !== 'string' || typeof proof !== 'string') return undefined
  const said = ['foreigner', homeNonce, nonce, remoteAddress, portNumber, answeredCount]
  return isEqual(proof, prove(secret, said)) ? { remoteAddress, portNumber, answeredCount, nonce } : undefined
}

export function welcomeOf(secret: string, homeNonce: string, nonce: string): string {
  return prove(secret, ['home', homeNonce, nonce])
}

export function isWelcome(secret: string, homeNonce: string, nonce: string, line: string): boolean {
  return isEqual(line, welcomeOf(secret, homeNonce, nonce))
}

function prove(secret: string, said: readonly unknown[]): string {
  return createHmac('sha256', secret).update(JSON.stringify(said)).digest('hex')
}

function isEqual(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

function parseObject(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
