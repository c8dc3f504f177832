import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emailChannel } from '../../src/alerts/channels/email.js'
import { parcelOf, workerDown } from './parcel.js'

interface Mail {
  readonly from: string
  readonly to: readonly string[]
  readonly text: string
}

const mails: Mail[] = []
let refusal: { readonly code: number; readonly words: string } | undefined
let server: SMTPServer
let channel: ReturnType<typeof emailChannel>

beforeAll(async () => {
  server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) =>
      username === 'pool' && password === 'secret' ? done(null, { user: username }) : done(new Error('no')),
    onRcptTo: (_address, _session, done) =>
      done(
        refusal === undefined
          ? null
          : Object.assign(new Error(refusal.words), { responseCode: refusal.code }),
      ),
    onData(stream, session, done) {
      let text = ''
      stream.setEncoding('utf8')
      stream.on('data', (part: string) => (text += part))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        mails.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          text,
        })
        done(null, 'queued as 1')
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  const smtpUrl = `smtp://pool:secret@127.0.0.1:${port}`
  channel = emailChannel({ smtpUrl, from: 'alerts@pool.example.org', poolName: 'Headframe' })
})
afterAll(async () => {
  channel.close?.()
  await new Promise<void>((resolve) => server.close(() => resolve()))
})

const send = (worker: string) =>
  channel.send({ kind: 'email', address: 'miner@example.org' }, parcelOf([workerDown(worker)]))

describe('email', () => {
  it('sends text and html to the one address, through the relay of the pool', async () => {
    const outcome = await send('garage')
    expect(outcome).toMatchObject({ kind: 'sent' })
    expect(outcome.answer).toContain('queued as 1')
    const { from, to, text } = mails.at(-1)!
    expect([from, to]).toEqual(['alerts@pool.example.org', ['miner@example.org']])
    expect(text).toContain('Subject: Headframe: Worker down')
    expect(text).toContain('Message-ID: <alert-7@pool.example.org>')
    expect(text).toContain('Auto-Submitted: auto-generated')
    expect(text).toContain('Content-Type: text/plain')
    expect(text).toContain('Content-Type: text/html')
    expect(text).toContain('https://pool.example.org/miners/bc1q')
  })

  it('lets no name of a worker become a header, an address or markup', async () => {
    await send('x\r\nBcc: victim@example.org\r\n\r\n<script>alert(1)</script>')
    const { to, text } = mails.at(-1)!
    expect(to).toEqual(['miner@example.org'])
    const [head = ''] = text.split('\r\n\r\n', 1)
    expect(head).not.toMatch(/^Bcc/im)
    expect(text).not.toMatch(/^<script>/m)
    expect(text.replace(/=\r\n/g, '')).not.toContain('<script>alert(1)</script></p>')
  })

  it('gives up on a mailbox that there is not, and comes again to one that is full', async () => {
    refusal = { code: 550, words: 'no such user' }
    expect(await send('a')).toMatchObject({ kind: 'refused' })
    refusal = { code: 452, words: 'mailbox full' }
    expect(await send('a')).toMatchObject({ kind: 'later' })
    refusal = undefined
  })

  it('takes a relay that does not take the password of the pool for something to be mended', async () => {
    const { port } = server.server.address() as AddressInfo
    const other = emailChannel({
      smtpUrl: `smtp://pool:wrong@127.0.0.1:${port}`,
      from: 'a@b.example',
      poolName: 'P',
    })
    const outcome = await other.send(
      { kind: 'email', address: 'miner@example.org' },
      parcelOf([workerDown('a')]),
    )
    expect(outcome.kind).toBe('later')
    expect(outcome.answer).not.toContain('wrong')
    other.close?.()
  })
})
