import { openDatabase } from '@headframe/db/database'
import { migrate } from '@headframe/db/migrate'
import { readSeedEnvironment } from './env.js'
import { seedDatabase } from './seed-database.js'
import { parseSeedCommand, SEED_USAGE } from './seed-options.js'
import type { SeedSize } from './seed-size.js'

/** `npm run seed`: a database to measure with, and to look at pages. */
const command = parseSeedCommand(process.argv.slice(2))
if (command.kind === 'help') console.log(SEED_USAGE)
else if (command.kind === 'problem') fail(`${command.problem}\n\n${SEED_USAGE}`, 2)
else await run(command.size)

async function run(size: SeedSize): Promise<void> {
  const { databaseUrl, isProduction } = readSeedEnvironment()
  if (isProduction) {
    fail('NODE_ENV is production: nothing is made up there.', 1)
    return
  }
  if (databaseUrl === undefined) {
    fail('DATABASE_URL is not set: it names an empty database to fill.', 2)
    return
  }
  const db = openDatabase({ url: databaseUrl })
  try {
    await migrate(db.pool)
    await seedDatabase(db, size, Date.now(), (name) => console.error(`  ${name} ...`))
    console.log(
      `${size.miners} miners with ${size.workers} workers and ${size.days} days, all of it synthetic.`,
    )
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error), 1)
  } finally {
    await db.close()
  }
}

function fail(message: string, code: number): void {
  console.error(message)
  process.exitCode = code
}
