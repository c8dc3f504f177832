import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorktree } from '../../src/compare/worktree.js'

let repository: string

function git(...args: string[]): void {
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@b.invalid', '-c', 'commit.gpgsign=false']
  const { status, stderr } = spawnSync('git', ['-C', repository, ...who, ...args], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
}

function commit(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(repository, name), text)
  git('add', '.')
  git('commit', '--quiet', '--message', 'a')
}

beforeAll(() => {
  repository = mkdtempSync(join(tmpdir(), 'headframe-bench-'))
  mkdirSync(join(repository, 'bench', 'src'), { recursive: true })
  mkdirSync(join(repository, 'scripts'))
  mkdirSync(join(repository, '.headframe', 'packages'), { recursive: true })
  git('init', '--quiet')
  writeFileSync(join(repository, '.gitignore'), '.headframe/\n')
  commit({ 'bench/src/bench.ts': 'text only', 'scripts/ensure.mjs': '' })
  git('tag', 'first')
  commit({
    'bench/src/bench.ts': 'knows --json',
    'scripts/ensure.mjs': `import { writeFileSync } from 'node:fs'; writeFileSync('built', process.argv[2])`,
  })
  git('tag', 'second')
  commit({ 'scripts/ensure.mjs': 'process.exit(3)' })
  git('tag', 'broken')
})

afterAll(() => rmSync(repository, { recursive: true, force: true }))

describe('another commit', () => {
  it('is checked out and built beside this one, and leaves nothing behind', async () => {
    const worktree = await openWorktree(repository, 'second')
    expect(existsSync(join(worktree.folder, 'built'))).toBe(true)
    expect(existsSync(join(worktree.folder, '.headframe', 'packages'))).toBe(true)
    expect(worktree.folder.startsWith(join(repository, '.headframe'))).toBe(true)
    worktree.remove()
    expect(existsSync(worktree.folder)).toBe(false)
    const { stdout } = spawnSync('git', ['-C', repository, 'worktree', 'list'], { encoding: 'utf8' })
    expect(stdout.trim().split('\n')).toHaveLength(1)
  })

  it.each([
    ['nowhere', 'There is no commit "nowhere" here.'],
    ['--help', 'There is no commit "--help" here.'],
    ['first', '"first" cannot be compared with: its benchmarks cannot write JSON'],
    ['broken', 'That commit cannot be installed or built'],
  ])('that is of no use, such as %s, is told with the reason', async (revision, message) => {
    await expect(openWorktree(repository, revision)).rejects.toThrow(message)
    expect(readdirSync(join(repository, '.headframe'))).toEqual(['packages'])
  })
})
