import { describe, expect, test } from 'vitest'
import { besideWitness } from './beside-witness.js'
import { answersOf } from './wire-record.js'

const STRANGER = '198.51.100.1'
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)

/** A line, and what is answered: the id as it came, and a result or the words of an error. */
const LINES: readonly (readonly [name: string, line: string | Buffer, id: unknown, answer: unknown])[] = [
  ['half an object', '{', null, 'not valid JSON'],
  ['an array', '[1,2]', null, 'must be a JSON object'],
  ['an empty line in disguise', '\0', null, 'not valid JSON'],
  ['a byte order mark', '\ufeff{"id":1,"method":"mining.ping"}', null, 'not valid JSON'],
  ['NUL within', '{"id":1,"method":"mining.\0ping"}', null, 'not valid JSON'],
  ['a line separator', '{"id":"\u2028","method":"mining.ping"}', '\u2028', 'pong'],
  ['half a surrogate pair', '{"id":"\\ud800","method":"mining.ping"}', '\ud800', 'pong'],
  ['no UTF-8', Buffer.from([0xff, 0xfe, 0x7b]), null, 'not valid UTF-8'],
  ['a surrogate as UTF-8', Buffer.from('7b226964223a22eda080227d', 'hex'), null, 'not valid UTF-8'],
  ['UTF-8 longer than it has to be', Buffer.from('c0af', 'hex'), null, 'not valid UTF-8'],
  ['a method that is no text', '{"id":1,"method":5}', 1, 'method must be a string'],
  ['params by name', '{"id":1,"method":"mining.subscribe","params":{}}', 1, 'params must be an array'],
  ['an id that is an object', '{"id":{},"method":"x"}', null, 'id must be'],
  ['an id of a number that is too large', '{"id":9007199254740993,"method":"mining.ping"}', 2 ** 53, 'pong'],
  ['an id of infinity', '{"id":1e400,"method":"mining.ping"}', Infinity, 'pong'],
  ['an id of 129 digits', `{"id":${'1'.repeat(129)},"method":"mining.ping"}`, null, 'id must be'],
  ['an id of minus nothing', '{"id":-0,"method":"mining.ping"}', -0, 'pong'],
  ['an id of 128 characters', `{"id":"${'x'.repeat(128)}","method":"mining.ping"}`, 'x'.repeat(128), 'pong'],
  ['an id of 129 characters', `{"id":"${'x'.repeat(129)}","method":"mining.ping"}`, null, 'id must be'],
  ['deep nesting', `{"id":1,"method":"x","params":${nested(50)}}`, null, 'nested too deeply'],
  ['the deepest nesting there is room for', nested(8_000), null, 'nested too deeply'],
  ['nesting that is allowed', `{"id":1,"method":"mining.ping","params":${nested(7)}}`, 1, 'pong'],
  ['many values', `{"id":1,"method":"x","params":[0${',0'.repeat(8_000)}]}`, null, 'too many values'],
  ['a key that is there twice', '{"id":1,"id":2,"method":"x","method":"mining.ping"}', 2, 'pong'],
  ['a method of every object', '{"id":1,"method":"__proto__","params":[]}', 1, 'Unknown method "__proto__"'],
  ['another', '{"id":1,"method":"constructor"}', 1, 'Unknown method "constructor"'],
  ['a third', '{"id":1,"method":"toString"}', 1, 'Unknown method "toString"'],
  [
    'a prototype with fields',
    '{"__proto__":{"id":7,"method":"mining.ping"}}',
    null,
    'method must be a string',
  ],
  [
    'an unknown method',
    '{"id":"a","method":"mining.mystery","params":[]}',
    'a',
    'Unknown method "mining.mystery"',
  ],
  [
    'a difficulty of infinity',
    '{"id":1,"method":"mining.suggest_difficulty","params":[1e400]}',
    1,
    'above 0',
  ],
  ['a difficulty of 1e308', '{"id":1,"method":"mining.suggest_difficulty","params":[1e308]}', 1, true],
  [
    'a difficulty too small for a double',
    '{"id":1,"method":"mining.suggest_difficulty","params":[1e-400]}',
    1,
    'above 0',
  ],
  [
    'a difficulty of minus nothing',
    '{"id":1,"method":"mining.suggest_difficulty","params":[-0]}',
    1,
    'above 0',
  ],
  ['a target of nothing', '{"id":1,"method":"mining.suggest_target","params":["0"]}', 1, 'target above 0'],
]

describe('a line that nobody expects is answered, and who sent it is still served', () => {
  test.each(LINES)('%s', (_name, line, id, answer) =>
    besideWitness({}, async ({ connect }) => {
      const stranger = await connect(STRANGER)
      stranger.write(Buffer.concat([Buffer.from(line), Buffer.from('\n')]))
      expect(await stranger.until(() => stranger.answerCount === 1)).toBe(true)
      const [first] = answersOf(stranger)
      expect(first!.id).toBe(id)
      if (first!.error === null) expect(first!.result).toBe(answer)
      else expect(first!.error![1]).toContain(answer)
      stranger.write(Buffer.from('{"id":"still","method":"mining.subscribe"}\n'))
      await stranger.until(() => stranger.answerCount === 2)
      expect(answersOf(stranger)[1]).toMatchObject({ id: 'still', error: null })
    }),
  )
})
