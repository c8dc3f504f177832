import fc from 'fast-check'
import { expect, it } from 'vitest'
import { payToText, readPayToText, signInText, type AccountText } from '../../src/message/account-text.js'

const text: AccountText = {
  host: 'pool.example:8443',
  network: 'mainnet',
  address: 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4',
  number: '00ff',
  asked: '2026-11-26 15:04 UTC',
  expires: '2026-11-26 15:19 UTC',
}
const TO = '1PMycacnJaSqwwJqjawXBErnLsZ7RkXUAs'

it('says in one line what it is about', () => {
  expect(signInText(text)).toBe(
    'To the mining pool at pool.example:8443: the mainnet address bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4 is mine, ' +
      'and I sign in. Number 00ff, asked 2026-11-26 15:04 UTC, good until 2026-11-26 15:19 UTC. Signing this moves no coins.',
  )
  expect(payToText(text, TO)).not.toContain('\n')
})

it('reads where to pay from that text, and from no other', () => {
  const message = payToText(text, TO)
  expect(readPayToText(message)).toEqual({ network: 'mainnet', address: text.address, payTo: TO })
  expect(readPayToText(signInText(text))).toBeUndefined()
  expect(readPayToText(`${message} `)).toBeUndefined()
  expect(readPayToText(message.replace('mainnet', 'othernet'))).toBeUndefined()
  expect(readPayToText(message.replace('mainnet', 'constructor'))).toBeUndefined()
})

it('cannot be made to say another address by what stands around it', () => {
  const field = fc.oneof(fc.string(), fc.constant(` ${payToText(text, 'evil')}`))
  fc.assert(
    fc.property(field, field, (host, asked) => {
      const read = readPayToText(payToText({ ...text, host, asked }, TO))
      if (read !== undefined) expect(read).toEqual({ network: 'mainnet', address: text.address, payTo: TO })
    }),
  )
})
