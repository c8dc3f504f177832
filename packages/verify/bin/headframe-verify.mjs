#!/usr/bin/env node
import { existsSync } from 'node:fs'

// Compiled by `npm run build`; until then there is nothing to run.
const program = new URL('../dist/headframe-verify.js', import.meta.url)
if (existsSync(program)) await import(program.href)
else {
  console.error('headframe-verify is not built yet: run "npm run build" in the repository first.')
  process.exitCode = 2
}
