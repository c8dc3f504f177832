import { createTransport } from 'nodemailer'
import type { AlertMessage } from '@headframe/core/alert/message'
import type { Outcome } from '@headframe/core/alert/retry'
import { deadline, SEND_TIMEOUT_MS } from '../poster.js'
import type { Channel } from './channel.js'

export interface EmailOptions {
  /** The pool's own relay, `smtp://` or `smtps://`, with user and password in it. */
  readonly smtpUrl: string
  /** Address that mails come from. */
  readonly from: string
  readonly poolName: string
}

const STEP_TIMEOUT_MS = 10_000
/** Connections to the relay, and messages a second over all of them. */
const MAX_CONNECTIONS = 2
const MAX_A_SECOND = 5

export function emailChannel({ smtpUrl, from, poolName }: EmailOptions): Channel<'email'> {
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: MAX_CONNECTIONS,
    rateDelta: 1_000,
    rateLimit: MAX_A_SECOND,
    connectionTimeout: STEP_TIMEOUT_MS,
    greetingTimeout: STEP_TIMEOUT_MS,
    socketTimeout: STEP_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send({ address }, { deliveryId, createdAtMs, message }) {
      const { promise: late, cancel } = deadline(SEND_TIMEOUT_MS)
      const mail = {
        from: { name: poolName, address: from },
        // As an object: what stands in it is never read as a list of addresses.
        to: { name: '', address },
        subject: message.title,
        text: plainText(message),
        html: html(message),
        date: new Date(createdAtMs),
        // The same in every try, so that a mailbox can tell a second copy.
        messageId: `<alert-${deliveryId}@${from.split('@')[1]}>`,
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      }
      try {
        const { response } = await Promise.race([transport.sendMail(mail), late])
        return { kind: 'sent', answer: response }
      } catch (error) {
        return outcomeOfSmtp(error as SmtpError)
      } finally {
        cancel()
      }
    },
    close: () => transport.close(),
  }
}

interface SmtpError extends Error {
  readonly code?: string
  readonly responseCode?: number
}

/** RFC 5321 section 4.2.1: 5 is for good, 4 for now. That the relay does not take our password is not for good. */
function outcomeOfSmtp({ message, code, responseCode = 0 }: SmtpError): Outcome {
  const isForGood = responseCode >= 500 && code !== 'EAUTH'
  return { kind: isForGood ? 'refused' : 'later', answer: message }
}

function plainText({ lines, link }: AlertMessage): string {
  return `${lines.join('\n')}\n\n${link}\n`
}

function html({ lines, link }: AlertMessage): string {
  const items = lines.map((line) => `<p>${escaped(line)}</p>`).join('\n')
  return `<!doctype html>\n<html lang="en"><body>\n${items}\n<p><a href="${escaped(link)}">${escaped(link)}</a></p>\n</body></html>\n`
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
