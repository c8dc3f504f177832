#!/usr/bin/env node
/**
 * Stands in for Prisma's native schema engine: the same arguments and the same JSON-RPC over standard input and
 * output, on the engine's WebAssembly build from npm. The CLI starts it through PRISMA_SCHEMA_ENGINE_BINARY.
 */
import { createRequire } from 'node:module'
import { runCliCommand } from './schema-engine/cli-command.mjs'
import { readArguments } from './schema-engine/arguments.mjs'
import { serveRpc } from './schema-engine/serve-rpc.mjs'

const args = readArguments(process.argv.slice(2), process.env)
if (args.wantsVersion) {
  const { enginesVersion } = createRequire(import.meta.url)('@prisma/engines-version')
  console.log(`schema-engine-cli ${enginesVersion}`)
} else if (args.cliCommand !== undefined) {
  process.exitCode = await runCliCommand(args.cliCommand, args.url)
} else {
  await serveRpc(args, process.stdin, process.stdout)
  // Idle connections would keep this process for as long as their pool does.
  process.exit()
}
