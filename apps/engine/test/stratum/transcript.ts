/**
 * A transcript is a text file: what one client says, byte for byte, and what it must get. A head of `name: value`,
 * an empty line, then the conversation. A line begins with a mark and a space:
 *
 * - `>` the client sends this line; marks on successive lines make one packet
 * - `<` the pool's next line is this one, byte for byte
 * - `=` the pool's next line is the same JSON, in whatever order of its keys
 * - `*` the pool's next answer is this line; difficulties and jobs may come before it
 * - `?` the pool's next line is `difficulty 1e-9`, `difficulty at least 2048`, `job`, `job clean`, or
 *   `error ID CODE words`; or, whatever comes before it, `asked METHOD`
 * - `!` `connect`, `close`, `new job`, `new tip`, `wait SECONDS`, or `mine NAME extranonce2=HEX version-bits=HEX`
 * - `@` METHOD and what the client answers whenever the pool sends it that; nothing, when it says nothing to it
 * - `#` says why
 *
 * `<name>` stands for text: in what is expected it is kept under the name (`<any>` is not), elsewhere it is filled in;
 * `<=name>` is expected to be what was kept.
 */
export interface Transcript {
  readonly client: string
  /** Where the shape of its messages comes from. */
  readonly source: string
  /** Whether they were read in the client's source, or are known by description. */
  readonly isRead: boolean
  /** The port's settings, in the form of STRATUM_PORTS. */
  readonly port: string
  readonly maxCoinbaseBytes: number
  readonly steps: readonly Step[]
}

export type Mark = '>' | '<' | '=' | '*' | '?' | '!' | '@'

export interface Step {
  readonly mark: Mark
  /** One, or several for a packet. */
  readonly texts: readonly string[]
  /** In the file, from 1. */
  readonly lineNumber: number
}

const MARKS: readonly string[] = ['>', '<', '=', '*', '?', '!', '@']

/** Throws an Error when the text is no transcript. */
export function parseTranscript(text: string): Transcript {
  const lines = text.split('\n')
  const headEnd = lines.indexOf('')
  const head = new Map(lines.slice(0, headEnd).map(readHeadLine))
  const field = (name: string): string => {
    const value = head.get(name)
    if (value === undefined) throw new Error(`the head has no "${name}"`)
    return value
  }
  const knownBy = field('known by')
  if (knownBy !== 'source' && knownBy !== 'description') throw new Error(`"${knownBy}" is no way to know`)
  return {
    client: field('client'),
    source: field('source'),
    isRead: knownBy === 'source',
    port: field('port'),
    maxCoinbaseBytes: Number(field('coinbase at most')),
    steps: readSteps(lines, headEnd + 1),
  }
}

function readHeadLine(line: string): [name: string, value: string] {
  const at = line.indexOf(': ')
  if (at === -1) throw new Error(`"${line}" is no line of a head`)
  return [line.slice(0, at), line.slice(at + 2)]
}

function readSteps(lines: readonly string[], from: number): Step[] {
  const steps: Step[] = []
  let isPacketOpen = false
  for (const [index, line] of lines.entries()) {
    const mark = line.slice(0, 1)
    const isStep = index >= from && line !== '' && mark !== '#'
    const text = line.slice(2)
    if (isStep && (!MARKS.includes(mark) || line[1] !== ' ')) throw new Error(`line ${index + 1} has no mark`)
    if (isStep && mark === '>' && isPacketOpen) {
      const { texts, ...packet } = steps.pop()!
      steps.push({ ...packet, texts: [...texts, text] })
    } else if (isStep) steps.push({ mark: mark as Mark, texts: [text], lineNumber: index + 1 })
    isPacketOpen = mark === '>'
  }
  return steps
}
