/**
 * Builds the dashboard into `.next/standalone`: Next's own output, the files a browser asks for, and the reader of
 * the environment, which `web.mjs` needs before it starts the server.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = fileURLToPath(new URL('..', import.meta.url))
const server = join(root, '.next/standalone/apps/web')

runNextBuild()
cpSync(join(root, '.next/static'), join(server, '.next/static'), { recursive: true })
if (existsSync(join(root, 'public')))
  cpSync(join(root, 'public'), join(server, 'public'), { recursive: true })
writeFileSync(join(server, 'env.mjs'), compile(join(root, 'src/env.ts')))

function runNextBuild() {
  const next = join(dirname(createRequire(import.meta.url).resolve('next/package.json')), 'dist/bin/next')
  const { status, error } = spawnSync(process.execPath, [next, 'build'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
  })
  if (error !== undefined) throw error
  if (status !== 0) process.exit(status ?? 1)
}

function compile(path) {
  const { target, module } = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext }
  return ts.transpileModule(readFileSync(path, 'utf8'), { compilerOptions: { target, module } }).outputText
}
