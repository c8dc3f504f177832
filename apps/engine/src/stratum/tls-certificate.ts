import type { Log } from '../log.js'
import { readCertificate, type Certificate, type CertificateFiles } from './read-certificate.js'

/** How often the files are read: how long after its renewal a certificate is in use. */
const POLL_MS = 5_000
const DAY_MS = 86_400_000
/** From here on the log says every day that it is running out. */
const WARN_DAYS = 14

export interface TlsCertificateOptions extends CertificateFiles {
  readonly pollMs?: number
}

export interface TlsCertificateModules {
  readonly log: Log
  readonly nowMs: () => number
}

/**
 * The certificate of the TLS ports, kept as its files are. They are read and compared every few seconds, for a watcher
 * misses what is replaced by a rename or behind a link. A change that cannot be used is an error in the log, and the
 * certificate that is in use stays.
 */
export class TlsCertificate {
  readonly #options: TlsCertificateOptions
  readonly #modules: TlsCertificateModules
  readonly #listeners = new Set<(certificate: Certificate) => void>()
  #current: Certificate
  #toldProblem: string | undefined
  #seenProblem: string | undefined
  #toldDays = Number.POSITIVE_INFINITY
  #timer: NodeJS.Timeout | undefined
  #isClosed = false

  /** Throws an Error that names the setting and what is wrong with its file. */
  static async open(options: TlsCertificateOptions, modules: TlsCertificateModules): Promise<TlsCertificate> {
    return new TlsCertificate(await readCertificate(options), options, modules)
  }

  private constructor(current: Certificate, options: TlsCertificateOptions, modules: TlsCertificateModules) {
    this.#options = options
    this.#modules = modules
    this.#current = current
    this.#announce('TLS certificate in use')
    this.#schedule()
  }

  get current(): Certificate {
    return this.#current
  }

  /** Calls `listener` with each certificate that replaces the one before it; returns what ends that. */
  onChange(listener: (certificate: Certificate) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    this.#listeners.clear()
  }

  #schedule(): void {
    if (this.#isClosed) return
    this.#timer = setTimeout(() => void this.#poll(), this.#options.pollMs ?? POLL_MS)
    this.#timer.unref()
  }

  async #poll(): Promise<void> {
    try {
      this.#take(await readCertificate(this.#options, this.#current))
      this.#seenProblem = this.#toldProblem = undefined
    } catch (error) {
      this.#complain((error as Error).message)
    }
    this.#tellDaysLeft()
    this.#schedule()
  }

  #take(certificate: Certificate): void {
    if (this.#isClosed || certificate === this.#current) return
    this.#current = certificate
    this.#toldDays = Number.POSITIVE_INFINITY
    for (const listener of this.#listeners) listener(certificate)
    this.#announce('TLS certificate replaced')
  }

  /** Told once, and only when the next look finds the same: two files are not replaced in one instant. */
  #complain(problem: string): void {
    if (problem === this.#seenProblem && problem !== this.#toldProblem) {
      this.#toldProblem = problem
      this.#modules.log.error({ problem }, 'the new TLS certificate cannot be used; the old one stays in use')
    }
    this.#seenProblem = problem
  }

  #announce(message: string): void {
    const { subject, expiresAtMs } = this.#current
    const expiresAt = new Date(expiresAtMs).toISOString()
    this.#modules.log.info({ subject, expiresAt, daysLeft: this.#daysLeft() }, message)
    this.#tellDaysLeft()
  }

  #daysLeft(): number {
    return Math.floor((this.#current.expiresAtMs - this.#modules.nowMs()) / DAY_MS)
  }

  /** Once a day; a miner that checks will not connect to an expired one, and others do, so that it is not refused. */
  #tellDaysLeft(): void {
    const daysLeft = this.#daysLeft()
    if (daysLeft >= WARN_DAYS || daysLeft === this.#toldDays) return
    this.#toldDays = daysLeft
    const { subject } = this.#current
    if (daysLeft < 0) this.#modules.log.error({ subject, daysLeft }, 'the TLS certificate has expired')
    else this.#modules.log.warn({ subject, daysLeft }, 'the TLS certificate expires soon')
  }
}
