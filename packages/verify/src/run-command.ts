import { listProof } from './list-proof.js'
import { SourceError } from './log-source.js'
import { openProof, openSource } from './open-source.js'
import { parseVerifyCommand, USAGE, type VerifyCommand, type VerifyCommandOptions } from './options.js'
import { formatBlock, formatVerification } from './report-log.js'
import { formatProof } from './report-proof.js'
import { verifyLog } from './verify-log.js'
import { verifyProof } from './verify-proof.js'

/** Where the command says what it finds. */
export interface Console {
  readonly print: (text: string) => void
  /** For what is not part of the answer. */
  readonly printAside: (text: string) => void
  readonly nowMs: () => number
}

const EXIT = { right: 0, wrong: 1, unreadable: 2 } as const
const MAX_PROOF_BYTES = 1 << 20
/** Between two lines that say how far it is. */
const PROGRESS_EVERY_MS = 10_000

/** Does what the arguments ask for; returns the exit code. */
export async function runCommand(args: readonly string[], console: Console): Promise<number> {
  try {
    return await carryOut(parseVerifyCommand(args), console)
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    console.printAside(error.message)
    return EXIT.unreadable
  }
}

async function carryOut(command: VerifyCommand, console: Console): Promise<number> {
  if (command.kind === 'log') return checkLog(command.options, console)
  if (command.kind === 'proof') return checkProof(command.options, console)
  if (command.kind === 'problem') {
    console.printAside(`${command.problem}\n\n${USAGE}`)
    return EXIT.unreadable
  }
  console.print(USAGE)
  return EXIT.right
}

async function checkLog(options: VerifyCommandOptions, console: Console): Promise<number> {
  const { print, printAside, nowMs } = console
  const startedAtMs = nowMs()
  let saidAtMs = startedAtMs
  const found = await verifyLog(openSource(options.target), {
    key: options.key,
    fromEpoch: options.fromEpoch,
    onBlock: (block) => print(formatBlock(block)),
    onProgress: (epoch, lastEpoch, shares) => {
      if (nowMs() - saidAtMs < PROGRESS_EVERY_MS) return
      saidAtMs = nowMs()
      printAside(`epoch ${epoch} of ${lastEpoch}, ${shares} shares`)
    },
  })
  print(formatVerification(found, (nowMs() - startedAtMs) / 1000))
  return found.faultCount === 0 ? EXIT.right : EXIT.wrong
}

async function checkProof({ target, key }: VerifyCommandOptions, { print }: Console): Promise<number> {
  const { source, path, isInLog } = openProof(target)
  const text = await source.readText(path, MAX_PROOF_BYTES)
  if (text === undefined) throw new SourceError(`there is no ${target}`)
  const verdict = verifyProof(text, key)
  const listing = isInLog ? await listProof(source, text, verdict) : ALONE
  const problems = [...verdict.problems, ...listing.problems]
  print(formatProof({ ...verdict, problems }, listing.sentence))
  return problems.length === 0 ? EXIT.right : EXIT.wrong
}

const ALONE = { sentence: 'Read it from the log to see whether the log lists the block.', problems: [] }
