/**
 * Runs the Prisma CLI with nothing but what npm installed.
 *
 * Every command of the CLI first looks for its native schema engine and downloads it when it is not there, even when
 * the command has no use for it. Any existing file given as PRISMA_SCHEMA_ENGINE_BINARY stops that. `generate`,
 * `validate` and `format` never run the file; `migrate` and `db` do, and get the stand-in beside this script.
 */
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const COMMANDS_WITH_ENGINE = ['migrate', 'db']
// The CLI wants an address even where it connects to nothing.
const NO_DATABASE = 'postgresql://127.0.0.1:1/none'

const here = dirname(fileURLToPath(import.meta.url))
const cli = createRequire(import.meta.url).resolve('prisma/build/index.js')
const args = process.argv.slice(2)
const engine = COMMANDS_WITH_ENGINE.includes(args[0]) ? join(here, 'schema-engine.mjs') : process.execPath

const { status, error } = spawnSync(process.execPath, [cli, ...args, '--config', 'prisma/config.mjs'], {
  cwd: dirname(here),
  stdio: 'inherit',
  env: {
    DATABASE_URL: NO_DATABASE,
    PRISMA_SCHEMA_ENGINE_BINARY: engine,
    ...process.env,
    // No question to the update server, and no advertisement of one.
    CHECKPOINT_DISABLE: '1',
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
  },
})
if (error) throw error
process.exit(status ?? 1)
