import { randomUUID } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import pg from 'pg'
import { connectionParts, createDatabase, dropDatabase } from './databases.mjs'

const OID_CHAR = 18
const OID_TEXT = 25

/**
 * adapter-pg as migrations need it. What it gets wrong for them, and is put right here:
 * - it refuses the catalog type "char", which introspection reads;
 * - it cuts a script at every semicolon, also inside the body of a function;
 * - it drops the shadow database while its own pool still holds connections to it.
 */
export class MigrationAdapterFactory {
  provider = 'postgres'
  adapterName = '@prisma/adapter-pg'
  #url
  #schema

  constructor(url) {
    this.#url = url
    this.#schema = new URL(url).searchParams.get('schema') ?? undefined
  }

  connect() {
    return this.#open(connectionParts(this.#url))
  }

  async connectToShadowDb() {
    const name = await createDatabase(this.#url, `prisma_migrate_shadow_db_${randomUUID()}`)
    const adapter = await this.#open({ ...connectionParts(this.#url), database: name })
    const dispose = adapter.dispose.bind(adapter)
    adapter.dispose = async () => {
      await dispose()
      await dropDatabase(this.#url, name)
    }
    return adapter
  }

  async #open(parts) {
    const factory = new PrismaPg({ ...parts, Client: CharAsTextClient }, { schema: this.#schema })
    const adapter = await factory.connect()
    const queryRaw = adapter.queryRaw.bind(adapter)
    adapter.queryRaw = async (query) => withCharColumns(await queryRaw(query))
    adapter.executeScript = async (script) => {
      await adapter.underlyingDriver().query(script)
    }
    return adapter
  }
}

/** Shows columns of type "char" to adapter-pg as text, and notes on the rows which they were. */
class CharAsTextClient extends pg.Client {
  query(...args) {
    const callback = typeof args.at(-1) === 'function' ? args.pop() : undefined
    if (callback === undefined) return super.query(...args).then(hideCharColumns)
    return super.query(...args, (error, result) => callback(error, error ? result : hideCharColumns(result)))
  }
}

function hideCharColumns(result) {
  for (const { fields = [], rows } of [result].flat()) {
    fields.forEach((field, index) => {
      if (field.dataTypeID !== OID_CHAR) return
      field.dataTypeID = OID_TEXT
      rows.charColumns = [...(rows.charColumns ?? []), index]
    })
  }
  return result
}

function withCharColumns(result) {
  for (const index of result.rows.charColumns ?? []) result.columnTypes[index] = ColumnTypeEnum.Character
  return result
}
