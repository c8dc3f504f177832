import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AlertEvent } from '../../src/alert/event.js'
import { composeMessage, MAX_LINES_A_MESSAGE, textOfMessage } from '../../src/alert/message.js'
import { formatAmount, formatHashrate, formatSpan } from '../../src/alert/words.js'

const AT = Date.UTC(2026, 10, 26, 14, 36)
const CONTEXT = {
  poolName: 'Headframe',
  webUrl: 'https://pool.example.org',
  ownerPath: '/miners/bc1q',
  timeZone: 'Europe/Vienna',
}

function down(worker: string): AlertEvent {
  const facts = { worker, subject: worker, sinceMs: AT - 900_000 }
  return { rule: 'worker-down', key: worker, level: 'warning', atMs: AT, what: 'began', facts }
}

describe('composeMessage', () => {
  it('says what happened in a sentence, when, and where there is more', () => {
    const message = composeMessage([down('garage')], CONTEXT)
    expect(message).toEqual({
      title: 'Headframe: Worker down',
      lines: ['Worker "garage" has sent no share for 15 min. (26 Nov 2026, 15:36 CET)'],
      link: 'https://pool.example.org/miners/bc1q',
      level: 'warning',
    })
  })

  it('counts what is of a kind, and what is too much to spell out', () => {
    const events = Array.from({ length: 25 }, (_, at) => down(`rig${at}`))
    const { title, lines } = composeMessage(events, CONTEXT)
    expect(title).toBe('Headframe: Worker down (25)')
    expect(lines).toHaveLength(MAX_LINES_A_MESSAGE + 1)
    expect(lines.at(-1)).toContain('5 more')
  })

  it('lets no line break, control or direction mark of a name through, nor more than fits', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 600 }),
        fc.integer({ min: 300, max: 4_000 }),
        (name, maxChars) => {
          const message = composeMessage([down(name), down(`x\r\nBcc: y${name}\u202e`)], CONTEXT)
          for (const line of [message.title, ...message.lines])
            expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
          const text = textOfMessage(message, maxChars)
          expect(text.length).toBeLessThanOrEqual(maxChars)
          expect(text.endsWith(message.link)).toBe(true)
        },
      ),
    )
  })
})

describe('words', () => {
  it('gives numbers their units', () => {
    expect(formatHashrate(1.2137e15)).toBe('1.21 PH/s')
    expect(formatHashrate(999.7e9)).toBe('1 TH/s')
    expect(formatSpan(3_600_000 * 3 + 1_200_000)).toBe('3 h 20 min')
    expect(formatSpan(1_000)).toBe('1 min')
    expect(formatSpan(86_400_000 * 2)).toBe('2 d')
    expect(formatAmount('1234567')).toBe('0.01234567 BTC (1,234,567 satoshis)')
  })
})
