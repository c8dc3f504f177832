import { EXTRANONCE2_SIZE } from '../job/job.js'
import type { Submission } from '../share/share.js'
import { ALIASES_PER_JOB } from './job-position.js'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a
const COMMA = 0x2c
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const SPACE = 0x20
const ZERO = 0x30
const NINE = 0x39

const ID = 1
const METHOD = 2
const PARAMS = 4

/** Longest id that is read here: an integer of so many digits is exact in a double. */
const MAX_ID_DIGITS = 15
const NOT_HEX = 0xff
const JOB_ID_DIGITS = 8

const HEX = new Uint8Array(256).fill(NOT_HEX)
for (let digit = 0; digit < 16; digit++) {
  const text = digit.toString(16)
  HEX[text.charCodeAt(0)] = digit
  HEX[text.toUpperCase().charCodeAt(0)] = digit
}

const asciiOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))
const SUBMIT = asciiOf('mining.submit')
const KEYS: readonly (readonly [Uint8Array, number])[] = [
  [asciiOf('id'), ID],
  [asciiOf('method'), METHOD],
  [asciiOf('params'), PARAMS],
]

/**
 * Reads a `mining.submit` straight from its bytes, without making a string or an object: nearly every line of a
 * working miner is one. It takes the plain form only (the three keys in any order, ASCII without escapes, an integer
 * id, hex of full length); whatever is written otherwise is not judged here but left to the JSON parser, which then
 * has the last word. What is taken here means the same there.
 *
 * One object is used again and again: its fields are those of the last line for which `scan` said true.
 */
export class SubmitScanner implements Submission {
  id = 0
  /** The username's bytes are `line[usernameStart] ... line[usernameEnd - 1]`. */
  usernameStart = 0
  usernameEnd = 0
  /** See `job-position.ts`. */
  position = 0
  readonly extranonce2 = new Uint8Array(EXTRANONCE2_SIZE)
  ntime = 0
  nonce = 0
  versionBits: number | undefined = undefined

  #line: Uint8Array = new Uint8Array(0)
  #at = 0
  /** Of the string that was read last, without its quotes. */
  #start = 0
  #end = 0

  /** Whether `line` is a submit in plain form. */
  scan(line: Uint8Array): boolean {
    this.#line = line
    this.#at = 0
    if (!this.#take(OPEN_BRACE)) return false
    let seen = 0
    do {
      const key = this.#key()
      if (key === 0 || (seen & key) !== 0 || !this.#take(COLON) || !this.#value(key)) return false
      seen |= key
    } while (this.#take(COMMA))
    return seen === (ID | METHOD | PARAMS) && this.#take(CLOSE_BRACE) && this.#isAtEnd()
  }

  #key(): number {
    if (!this.#string()) return 0
    for (const [text, key] of KEYS) if (this.#isText(text)) return key
    return 0
  }

  #value(key: number): boolean {
    if (key === ID) return this.#id()
    if (key === METHOD) return this.#string() && this.#isText(SUBMIT)
    return this.#params()
  }

  #id(): boolean {
    this.#skipSpace()
    const line = this.#line
    const start = this.#at
    let id = 0
    while (line[this.#at]! >= ZERO && line[this.#at]! <= NINE) id = id * 10 + line[this.#at++]! - ZERO
    const digits = this.#at - start
    this.id = id
    return digits === 1 || (digits > 1 && digits <= MAX_ID_DIGITS && line[start] !== ZERO)
  }

  #params(): boolean {
    if (!this.#take(OPEN_BRACKET) || !this.#string()) return false
    this.usernameStart = this.#start
    this.usernameEnd = this.#end
    if (!this.#next() || !this.#wireJobId()) return false
    if (!this.#next() || !this.#extranonce2()) return false
    if (!this.#next()) return false
    this.ntime = this.#u32()
    if (!this.#next()) return false
    this.nonce = this.#u32()
    this.versionBits = undefined
    if (this.#take(COMMA)) {
      if (!this.#string()) return false
      this.versionBits = this.#u32()
    }
    return this.ntime >= 0 && this.nonce >= 0 && (this.versionBits ?? 0) >= 0 && this.#take(CLOSE_BRACKET)
  }

  #next(): boolean {
    return this.#take(COMMA) && this.#string()
  }

  #wireJobId(): boolean {
    if (this.#end - this.#start !== JOB_ID_DIGITS + 2) return false
    const jobNumber = this.#hex(this.#start, this.#start + JOB_ID_DIGITS)
    const alias = this.#hex(this.#start + JOB_ID_DIGITS, this.#end)
    this.position = jobNumber * ALIASES_PER_JOB + alias
    return jobNumber >= 0 && alias >= 0
  }

  #extranonce2(): boolean {
    if (this.#end - this.#start !== 2 * EXTRANONCE2_SIZE) return false
    for (let index = 0; index < EXTRANONCE2_SIZE; index++) {
      const byte = this.#hex(this.#start + 2 * index, this.#start + 2 * index + 2)
      if (byte < 0) return false
      this.extranonce2[index] = byte
    }
    return true
  }

  /** The string just read as up to eight hex digits, or -1. */
  #u32(): number {
    const digits = this.#end - this.#start
    return digits >= 1 && digits <= 8 ? this.#hex(this.#start, this.#end) : -1
  }

  /** Hex digits as an unsigned number of at most 32 bits, or -1. */
  #hex(start: number, end: number): number {
    let value = 0
    for (let at = start; at < end; at++) {
      const digit = HEX[this.#line[at]!]!
      if (digit === NOT_HEX) return -1
      value = (value << 4) | digit
    }
    return value >>> 0
  }

  /** Reads a string of ASCII without escapes. */
  #string(): boolean {
    if (!this.#take(QUOTE)) return false
    const line = this.#line
    let at = this.#at
    this.#start = at
    while (at < line.length && line[at] !== QUOTE) {
      const byte = line[at]!
      if (byte === BACKSLASH || byte < SPACE || byte > 0x7e) return false
      at++
    }
    this.#end = at
    this.#at = at + 1
    return at < line.length
  }

  #isText(text: Uint8Array): boolean {
    if (this.#end - this.#start !== text.length) return false
    for (let index = 0; index < text.length; index++) {
      if (this.#line[this.#start + index] !== text[index]) return false
    }
    return true
  }

  #take(byte: number): boolean {
    this.#skipSpace()
    if (this.#line[this.#at] !== byte) return false
    this.#at++
    return true
  }

  #skipSpace(): void {
    while (this.#line[this.#at] === SPACE) this.#at++
  }

  #isAtEnd(): boolean {
    this.#skipSpace()
    return this.#at === this.#line.length
  }
}
