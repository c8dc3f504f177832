import { readFileSync } from 'node:fs'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import { MigrationAdapterFactory } from './adapter.mjs'

/** The engine over the given schema files and the database at `url`. */
export async function loadEngine({ url, schemaFiles }) {
  // The engine looks for this name when it panics, and panics a second time without it.
  globalThis.PRISMA_WASM_PANIC_REGISTRY = {
    set_message: (message) => process.stderr.write(`schema engine panic: ${message}\n`),
  }
  await instantiate()
  const datamodels = schemaFiles.map((file) => [file, readFileSync(file, 'utf8')])
  const adapters = bindMigrationAwareSqlAdapterFactory(new MigrationAdapterFactory(url))
  return bindings.SchemaEngine.new(
    { datamodels: datamodels.length > 0 ? datamodels : undefined },
    () => {},
    adapters,
  )
}

async function instantiate() {
  const { WebAssembly } = globalThis
  const path = new URL(
    'schema_engine_bg.wasm',
    import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg'),
  )
  const { instance } = await WebAssembly.instantiate(readFileSync(path), {
    './schema_engine_bg.js': bindings,
  })
  bindings.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
}
