import { openDatabase } from '@headframe/db/database'
import { readLogEnd } from '@headframe/db/public-log/read-log-end'
import { loadEngineOptions } from './env.js'
import { exitOnFault } from './processes/stop-signal.js'
import { exportLog } from './publish/export-log.js'

const USAGE = `What the pool publishes; docs/verify.md says what it is.

  public-log status          how far it goes
  public-log export FOLDER   writes it into a folder, and adds what is new to one that has it
`

const print = (text: string): void => void process.stdout.write(`${text}\n`)

/** `npm run public-log`: the public log, for an operator who wants it elsewhere. */
await exitOnFault(async () => {
  const [verb, folder, ...rest] = process.argv.slice(2)
  const isExport = verb === 'export' && folder !== undefined && rest.length === 0
  const isStatus = verb === 'status' && folder === undefined
  if (!isExport && !isStatus) {
    process.stdout.write(USAGE)
    if (verb !== undefined && !['help', '--help', '-h'].includes(verb)) process.exitCode = 1
    return
  }
  const db = openDatabase({ url: loadEngineOptions().DATABASE_URL })
  try {
    await db.pool.query('SELECT 1').catch((error: unknown) => {
      throw new Error(`The database cannot be asked: ${(error as Error).message}; see DATABASE_URL.`)
    })
    if (isExport) {
      const { newEpochs, lastEpoch } = await exportLog(db, folder)
      print(`${newEpochs} epochs added to ${folder}, which goes to epoch ${lastEpoch} now.`)
      return
    }
    const { epoch, lastPosition, prunedPosition } = await readLogEnd(db.pool)
    print(`${epoch} epochs, up to segment ${lastPosition}; segments up to ${prunedPosition} are pruned.`)
  } finally {
    await db.close()
  }
})
