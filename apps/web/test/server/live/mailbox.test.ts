import { describe, expect, it } from 'vitest'
import { FanOut } from '../../../src/server/live/fan-out'
import { Mailbox } from '../../../src/server/live/mailbox'
import { topicOfMessage } from '../../../src/server/live/topic'

const never = new AbortController().signal

describe('Mailbox', () => {
  it('holds each topic once, however often it came', async () => {
    const mailbox = new Mailbox()
    for (let n = 0; n < 10_000; n += 1) mailbox.post(n % 2 === 0 ? 'shares' : 'tip')
    expect(await mailbox.take(never)).toEqual(['shares', 'tip'])
  })

  it('waits for the next topic after it was emptied', async () => {
    const mailbox = new Mailbox()
    mailbox.post('block')
    await mailbox.take(never)
    let taken: string[] | undefined
    const waiting = mailbox.take(never).then((topics) => (taken = topics))
    await Promise.resolve()
    expect(taken).toBeUndefined()
    mailbox.post('node')
    await waiting
    expect(taken).toEqual(['node'])
  })

  it('returns without a topic when it is stirred', async () => {
    const mailbox = new Mailbox()
    const taken = mailbox.take(never)
    mailbox.stir()
    expect(await taken).toEqual([])
  })

  it('rejects with the reason of its signal, before and while it waits', async () => {
    const left = new AbortController()
    const taken = new Mailbox().take(left.signal)
    left.abort(new Error('page closed'))
    await expect(taken).rejects.toThrow('page closed')
    await expect(new Mailbox().take(left.signal)).rejects.toThrow('page closed')
  })
})

describe('FanOut', () => {
  it('tells every open page, and no page that has left', async () => {
    const fanOut = new FanOut()
    const [staying, leaving] = [fanOut.open(), fanOut.open()]
    fanOut.close(leaving)
    fanOut.post('block')
    expect(await staying.take(never)).toEqual(['block'])
    await expect(leaving.take(AbortSignal.timeout(20))).rejects.toThrow()
  })
})

describe('topicOfMessage', () => {
  it.each([
    ['{"type":"shares","atMs":1,"count":3}', 'shares'],
    ['{"type":"tip","atMs":1,"height":7}', 'tip'],
    ['{"type":"block","atMs":1,"hash":"00"}', 'block'],
    ['{"type":"node","atMs":1,"state":"ok"}', 'node'],
    ['{"type":"something-newer"}', undefined],
    ['{"type":7}', undefined],
    ['null', undefined],
    ['{', undefined],
  ])('%s is %s', (message, topic) => {
    expect(topicOfMessage(message)).toBe(topic)
  })
})
