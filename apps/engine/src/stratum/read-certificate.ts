import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createSecureContext, type SecureContextOptions } from 'node:tls'
import type { EngineOptions } from '../env.js'

/** Older versions are broken, and firmware that speaks TLS at all speaks this. */
const MIN_VERSION = 'TLSv1.2'

export interface CertificateFiles {
  /** PEM: the certificate, and behind it the chain up to the root that miners know. */
  readonly certFile: string
  /** PEM, without a passphrase. */
  readonly keyFile: string
}

export interface Certificate {
  readonly certPem: Buffer
  readonly keyPem: Buffer
  readonly subject: string
  readonly expiresAtMs: number
}

/** How a TLS server is told of it. */
export function secureOptions({ certPem, keyPem }: Certificate): SecureContextOptions {
  return { cert: certPem, key: keyPem, minVersion: MIN_VERSION }
}

/**
 * Reads both files and tries them; `known` is returned again when they hold nothing else. Throws an Error that names
 * the setting of the file that is missing, is no PEM, or does not belong to the other.
 */
export async function readCertificate(files: CertificateFiles, known?: Certificate): Promise<Certificate> {
  const certPem = await readPem('STRATUM_TLS_CERT_FILE', files.certFile)
  const keyPem = await readPem('STRATUM_TLS_KEY_FILE', files.keyFile)
  if (known?.certPem.equals(certPem) === true && known.keyPem.equals(keyPem)) return known
  const leaf = parseLeaf(certPem, files.certFile)
  if (!leaf.checkPrivateKey(parseKey(keyPem, files.keyFile))) {
    throw new Error(
      `STRATUM_TLS_KEY_FILE: the key in ${files.keyFile} is not that of the certificate in ${files.certFile}`,
    )
  }
  const certificate = { certPem, keyPem, subject: leaf.subject, expiresAtMs: Date.parse(leaf.validTo) }
  try {
    createSecureContext(secureOptions(certificate))
  } catch (error) {
    const reason = (error as Error).message
    throw new Error(`STRATUM_TLS_CERT_FILE: ${files.certFile} cannot be used: ${reason}`, { cause: error })
  }
  return certificate
}

async function readPem(setting: string, path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (error) {
    throw new Error(`${setting}: ${path} cannot be read: ${(error as Error).message}`, { cause: error })
  }
}

function parseLeaf(pem: Buffer, path: string): X509Certificate {
  try {
    return new X509Certificate(pem)
  } catch {
    throw new Error(`STRATUM_TLS_CERT_FILE: ${path} holds no certificate in PEM`)
  }
}

function parseKey(pem: Buffer, path: string): KeyObject {
  try {
    return createPrivateKey(pem)
  } catch {
    throw new Error(`STRATUM_TLS_KEY_FILE: ${path} holds no private key in PEM without a passphrase`)
  }
}

/** Throws an Error that names the setting and what is wrong with its file. */
export async function assertCertificate(options: EngineOptions): Promise<void> {
  const { STRATUM_TLS_CERT_FILE: certFile, STRATUM_TLS_KEY_FILE: keyFile } = options
  if (certFile !== undefined && keyFile !== undefined) await readCertificate({ certFile, keyFile })
}
