import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure, runMain } from './lib/failure.mjs'
import { withFileLock } from './lib/file-lock.mjs'
import { checkNodeVersion } from './lib/node-version.mjs'
import { root } from './lib/root.mjs'
import { step } from './lib/step.mjs'

const lockFile = join(root, 'package-lock.json')
const modules = join(root, 'node_modules')
/** npm writes this one last. */
const installed = join(modules, '.package-lock.json')
/** Which lock was installed: a checkout changes a file's time even when its content stays. */
const marker = join(modules, '.headframe-installed')

/** No tool asks its maker for news while we build. */
export const quietTools = {
  CHECKPOINT_DISABLE: '1',
  PRISMA_HIDE_UPDATE_MESSAGE: '1',
  TURBO_TELEMETRY_DISABLED: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  DO_NOT_TRACK: '1',
  npm_config_update_notifier: 'false',
}

const lockHash = () => createHash('sha256').update(readFileSync(lockFile)).digest('hex')

function isInstalled() {
  if (!existsSync(installed)) return false
  if (existsSync(marker)) return readFileSync(marker, 'utf8') === lockHash()
  return statSync(installed).mtimeMs >= statSync(lockFile).mtimeMs
}

/** npm's own way of starting npm, so that the version in use stays the same. */
function npmCommand() {
  const path = process.env.npm_execpath
  return path?.endsWith('.js') ? { command: process.execPath, args: [path] } : { command: 'npm', args: [] }
}

async function install() {
  if (isInstalled()) return
  const { command, args } = npmCommand()
  // Builds need what NODE_ENV=production would leave out.
  const all = [...args, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund']
  const options = { cwd: root, env: { ...process.env, ...quietTools } }
  const advice =
    'Check that this machine reaches the npm registry and that this folder is writable, then try again.'
  await step('Installing dependencies (npm ci)', command, all, options, advice)
  writeFileSync(marker, lockHash())
}

/** @param {string} filter a workspace with everything it depends on, or nothing for all workspaces */
async function build(filter) {
  const turbo = join(modules, '.bin', 'turbo')
  const scope = filter === undefined ? [] : [`--filter=${filter}...`]
  const args = ['run', 'build', ...scope, '--ui=stream', '--output-logs=new-only', '--no-update-notifier']
  const options = { cwd: root, env: { ...process.env, ...quietTools } }
  await step('Building what has changed', turbo, args, options, 'The first error above says why.')
}

/**
 * Makes the repository ready to run: dependencies as the lock says, and everything built. Cheap when nothing
 * has changed. Two processes never do it at once.
 * @param {string} [filter] only this workspace and what it depends on
 */
export async function ensure(filter) {
  checkNodeVersion()
  const onWait = (pid) => console.error(`  Process ${pid} is installing or building; waiting for it ...`)
  try {
    await withFileLock(join(root, '.headframe', 'ensure.lock'), onWait, async () => {
      await install()
      await build(filter)
    })
  } catch (error) {
    if (!['EACCES', 'EROFS', 'EPERM', 'ENOSPC'].includes(error.code)) throw error
    throw new Failure(`${root} cannot be written (${error.code}): dependencies and builds go there.`)
  }
}

if (process.argv[1] === import.meta.filename) await runMain(() => ensure(process.argv[2]))
