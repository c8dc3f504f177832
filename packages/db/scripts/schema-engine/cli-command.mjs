import { canConnect, createDatabase, dropDatabase } from './databases.mjs'

const COMMANDS = {
  'can-connect-to-database': canConnect,
  'create-database': createDatabase,
  'drop-database': dropDatabase,
}

/** Prisma's names for what Postgres or the socket said; anything else is "access denied". */
const PRISMA_CODES = {
  '3D000': 'P1003',
  '28P01': 'P1000',
  ECONNREFUSED: 'P1001',
  ENOTFOUND: 'P1001',
  ETIMEDOUT: 'P1001',
}

/** One-shot commands. Returns the exit code. */
export async function runCliCommand(command, url) {
  try {
    const run = COMMANDS[command]
    if (run === undefined) throw new Error(`unknown command ${command}`)
    await run(url)
    return 0
  } catch (error) {
    report(error)
    return 1
  }
}

/** The Prisma CLI drops the first line of standard error, and takes others only as JSON of this target. */
function report(error) {
  const line = (fields, target) =>
    process.stderr.write(
      `${JSON.stringify({ timestamp: new Date().toISOString(), level: 'ERROR', fields, target })}\n`,
    )
  line({ message: 'failed' }, 'schema_engine')
  line(
    { message: error.message, is_panic: false, error_code: PRISMA_CODES[error.code] ?? 'P1010', meta: {} },
    'schema_engine::logger',
  )
}
