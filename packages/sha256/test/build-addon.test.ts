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

const PACKAGE = join(import.meta.dirname, '..')
const SCRIPT = join(PACKAGE, 'scripts', 'build-addon.mjs')
const { buildAddon } = (await import(SCRIPT)) as {
  buildAddon: (compiler: string, root: string) => string | undefined
}

let root: string
let addon: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'headframe-addon-'))
  addon = join(root, 'build', 'sha256.node')
  cpSync(join(PACKAGE, 'native'), join(root, 'native'), { recursive: true })
})
afterEach(() => rmSync(root, { recursive: true }))

/** A program that is called as compilers are, and writes down that it was. */
function compilerThat(does: string): string {
  const path = join(root, 'compiler')
  writeFileSync(path, `#!/bin/sh\necho called >> '${root}/calls'\nfor output; do :; done\n${does}\n`)
  chmodSync(path, 0o755)
  return path
}

function callCount(): number {
  return readFileSync(join(root, 'calls'), 'utf8').trim().split('\n').length
}

describe('building the addon', () => {
  it('is done again only when a source has changed, or the addon is gone', () => {
    const compiler = compilerThat('echo compiled > "$output"')
    expect(buildAddon(compiler, root)).toBeUndefined()
    expect(readFileSync(addon, 'utf8')).toBe('compiled\n')
    expect(buildAddon(compiler, root)).toBeUndefined()
    expect(callCount()).toBe(1)

    appendFileSync(join(root, 'native', 'share.h'), '\n')
    expect(buildAddon(compiler, root)).toBeUndefined()
    expect(callCount()).toBe(2)

    rmSync(addon)
    expect(buildAddon(compiler, root)).toBeUndefined()
    expect(callCount()).toBe(3)
    expect(existsSync(addon)).toBe(true)
  })

  it('says that there is no compiler, and throws nothing', () => {
    expect(buildAddon(join(root, 'no-such-compiler'), root)).toBe('there is no C compiler')
    expect(existsSync(addon)).toBe(false)
  })

  it('says what the compiler said first, and leaves no addon of other sources behind', () => {
    expect(buildAddon(compilerThat('echo old > "$output"'), root)).toBeUndefined()
    appendFileSync(join(root, 'native', 'share.h'), '\n')
    const broken = compilerThat('echo half > "$output"; echo "no stdio.h" >&2; echo "more" >&2; exit 1')
    expect(buildAddon(broken, root)).toBe(`${broken} failed: no stdio.h`)
    expect(readdirSync(join(root, 'build'))).toEqual(['sha256.built-from'])
    expect(buildAddon(compilerThat('echo new > "$output"'), root)).toBeUndefined()
    expect(readFileSync(addon, 'utf8')).toBe('new\n')
  })
})
