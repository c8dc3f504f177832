import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildAddon } from '../lib/build-addon.mjs'

/** Sources of an addon, headers of its own among them. */
const NATIVE = join(import.meta.dirname, '..', '..', 'packages', 'sha256', 'native')

let root
let addon

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'headframe-addon-'))
  addon = join(root, 'build', 'some.node')
  cpSync(NATIVE, join(root, 'native'), { recursive: true })
})
afterEach(() => rmSync(root, { recursive: true }))

function build(compiler, flags) {
  return buildAddon(compiler, { root, name: 'some', headers: '/headers', flags })
}

/** A program that is called as compilers are, and writes down that it was. */
function compilerThat(does) {
  const path = join(root, 'compiler')
  writeFileSync(path, `#!/bin/sh\necho called >> '${root}/calls'\nfor output; do :; done\n${does}\n`)
  chmodSync(path, 0o755)
  return path
}

function callCount() {
  return readFileSync(join(root, 'calls'), 'utf8').trim().split('\n').length
}

describe('building the addon', () => {
  it('is done again only when a source or a flag has changed, or the addon is gone', () => {
    const compiler = compilerThat('echo compiled > "$output"')
    expect(build(compiler)).toBeUndefined()
    expect(readFileSync(addon, 'utf8')).toBe('compiled\n')
    expect(build(compiler)).toBeUndefined()
    expect(callCount()).toBe(1)

    appendFileSync(join(root, 'native', 'share.h'), '\n')
    expect(build(compiler)).toBeUndefined()
    expect(callCount()).toBe(2)

    expect(build(compiler, ['-DOTHER'])).toBeUndefined()
    expect(callCount()).toBe(3)

    rmSync(addon)
    expect(build(compiler, ['-DOTHER'])).toBeUndefined()
    expect(callCount()).toBe(4)
    expect(existsSync(addon)).toBe(true)
  })

  it('says that there is no compiler, and throws nothing', () => {
    expect(build(join(root, 'no-such-compiler'))).toBe('there is no C compiler')
    expect(existsSync(addon)).toBe(false)
  })

  it('says what the compiler said first, and leaves no addon of other sources behind', () => {
    expect(build(compilerThat('echo old > "$output"'))).toBeUndefined()
    appendFileSync(join(root, 'native', 'share.h'), '\n')
    const broken = compilerThat('echo half > "$output"; echo "no stdio.h" >&2; echo "more" >&2; exit 1')
    expect(build(broken)).toBe(`${broken} failed: no stdio.h`)
    expect(readdirSync(join(root, 'build'))).toEqual(['some.built-from'])
    expect(build(compilerThat('echo new > "$output"'))).toBeUndefined()
    expect(readFileSync(addon, 'utf8')).toBe('new\n')
  })
})
