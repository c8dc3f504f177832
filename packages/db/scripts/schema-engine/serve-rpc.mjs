import { createInterface } from 'node:readline'
import { connectionParts, createDatabase } from './databases.mjs'
import { loadEngine } from './load-engine.mjs'

/** The engine's own code for an error that `data` explains. */
const CODE_KNOWN_ERROR = 4466

/** Answers requests one after the other until the input ends. */
export async function serveRpc(args, input, output) {
  const send = (message) => output.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
  let engine
  for await (const line of createInterface({ input })) {
    if (line.trim() === '') continue
    const { id, method, params } = JSON.parse(line)
    // A message without a method is the CLI's answer to one of our prints.
    if (method === undefined) continue
    try {
      engine ??= await loadEngine(args)
      send({ id, result: (await call(engine, args.url, method, params, send)) ?? null })
    } catch (error) {
      send({ id, error: rpcError(error) })
    }
  }
}

async function call(engine, url, method, params, send) {
  switch (method) {
    // Two methods that the WebAssembly build has not, or under another name.
    case 'createDatabase':
      return { databaseName: await createDatabase(url, connectionParts(url).database) }
    case 'getDatabaseVersion':
      return engine.version(params ?? null)
    case 'evaluateDataLoss':
      // This build opens no shadow database here, and fails, unless it still has the outcome of the migrations in
      // memory. `applyMigrations` clears that, so ask once more what fills it.
      await engine.devDiagnostic({ migrationsList: params.migrationsList, filters: params.filters })
      return engine.evaluateDataLoss(params)
    case 'diff': {
      // The native engine prints the diff by a request of its own; this build hands it back.
      const { stdout, ...result } = await engine.diff(params)
      if (typeof stdout === 'string') send({ id: -1, method: 'print', params: { content: stdout } })
      return { ...result, stdout: null }
    }
    default:
      if (typeof engine[method] !== 'function') throw new Error(`the schema engine has no method ${method}`)
      return engine[method](params)
  }
}

function rpcError(error) {
  const known = typeof error === 'object' && error !== null ? error : { message: String(error) }
  return {
    code: CODE_KNOWN_ERROR,
    message: 'An error happened. Check the data field for details.',
    data: {
      is_panic: false,
      message: known.message ?? String(error),
      meta: known.meta ?? null,
      error_code: known.error_code ?? known.code ?? null,
    },
  }
}
