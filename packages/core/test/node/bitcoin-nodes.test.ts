import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatBitcoinNodes, parseBitcoinNodes } from '@headframe/core/node/bitcoin-nodes'

describe('parseBitcoinNodes', () => {
  test('a URL is enough, and is what the node is called by', () => {
    expect(parseBitcoinNodes('http://user:secret@127.0.0.1:8332')).toEqual([
      {
        name: '127.0.0.1:8332',
        url: 'http://user:secret@127.0.0.1:8332',
        cookieFile: undefined,
        hashblockUrl: undefined,
        rawblockUrl: undefined,
      },
    ])
  })

  test('several nodes with all that may be said of them', () => {
    const nodes = parseBitcoinNodes(
      'http://10.0.0.1:8332 cookie=/var/lib/bitcoin/.cookie name=near ;\n' +
        'http://u:p@10.0.0.2:8332 hashblock=tcp://10.0.0.2:28332 rawblock=tcp://10.0.0.2:28333;',
    )
    expect(nodes).toMatchObject([
      { name: 'near', cookieFile: '/var/lib/bitcoin/.cookie' },
      { name: '10.0.0.2:8332', hashblockUrl: 'tcp://10.0.0.2:28332', rawblockUrl: 'tcp://10.0.0.2:28333' },
    ])
  })

  test.each([
    [' ; ', 'names no node'],
    ['https://a:1', 'takes first a URL that starts with http://'],
    ['http://a:1; http://a:1', 'names the node a:1 twice'],
    ['http://a:1 zmq=tcp://a:2', '"zmq=tcp://a:2" is not one of name=, cookie=, hashblock=, rawblock='],
    ['http://a:1 cookie=', '"cookie=" is not one of'],
    ['http://a:1 hashblock=http://a:2', 'is not a URL that starts with tcp://'],
    ['http://a:1 name=a/b', 'a name has up to 64 letters'],
    [Array.from({ length: 9 }, (_, n) => `http://a:${n + 1}`).join(';'), 'names 9 nodes; at most 8'],
  ])('says what is wrong with %s', (text, problem) => {
    expect(() => parseBitcoinNodes(text)).toThrow(problem)
  })

  test('law: no complaint repeats a password', () => {
    for (const rest of ['x=1', 'hashblock=nonsense', 'name=a/b']) {
      expect(() => parseBitcoinNodes(`http://user:hunter2@a:1 ${rest}`)).toThrow(/^(?!.*hunter2)/)
    }
  })

  test('law: what is written is read back', () => {
    const port = fc.integer({ min: 1, max: 65_535 }).filter((number) => number !== 80)
    const optional = (text: fc.Arbitrary<string>) => fc.option(text, { nil: undefined })
    const zmq = optional(port.map((number) => `tcp://127.0.0.1:${number}`))
    const node = fc.record({
      url: port.map((number) => `http://u:p@127.0.0.1:${number}`),
      name: fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/),
      cookieFile: optional(fc.constantFrom('/a/.cookie', '/b=c')),
      hashblockUrl: zmq,
      rawblockUrl: zmq,
    })
    fc.assert(
      fc.property(
        fc.uniqueArray(node, { minLength: 1, maxLength: 8, selector: ({ name }) => name }),
        (nodes) => {
          expect(parseBitcoinNodes(formatBitcoinNodes(nodes))).toEqual(nodes)
        },
      ),
    )
  })
})
