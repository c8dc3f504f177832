import { runCommand } from './run-command.js'

/** `headframe-verify`: 0 when nothing is wrong, 1 when anything is, 2 when the log could not be read. */
process.exitCode = await runCommand(process.argv.slice(2), {
  print: (text) => console.log(text),
  printAside: (text) => console.error(text),
  nowMs: () => performance.now(),
})
