import { parseArgs } from 'node:util'

export const USAGE = `Checks the public log of a Headframe pool: every share, every block, every amount.

  headframe-verify URL|FOLDER [options]        the log below a URL (SITE/log), or exported into a folder
  headframe-verify proof URL|FILE [options]    one miner's payout proof (SITE/log/proofs/BLOCK/ADDRESS.json)

  --key HEX     the pool's public key, if you know it from elsewhere (default: the one that the log names)
  --from N      begin with epoch N; windows that reach further back are left unchecked
  --help        this text

Ends with 0 when nothing is wrong, with 1 when anything is, with 2 when the log could not be read.
`

export interface VerifyCommandOptions {
  /** A URL, a folder or a file. */
  readonly target: string
  readonly key: string | undefined
  readonly fromEpoch: number
}

/** What the arguments ask for. `problem` is for a person. */
export type VerifyCommand =
  | { readonly kind: 'log' | 'proof'; readonly options: VerifyCommandOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'problem'; readonly problem: string }

/** Reads the arguments behind the program's name. */
export function parseVerifyCommand(args: readonly string[]): VerifyCommand {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        key: { type: 'string' },
        from: { type: 'string', default: '1' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.help) return { kind: 'help' }
    const isProof = positionals[0] === 'proof'
    const [target, ...rest] = isProof ? positionals.slice(1) : positionals
    if (target === undefined || rest.length > 0) throw new Error('One URL, folder or file is needed.')
    const options = { target, key: readKey(values.key), fromEpoch: readEpochNumber(values.from) }
    return { kind: isProof ? 'proof' : 'log', options }
  } catch (error) {
    return { kind: 'problem', problem: (error as Error).message }
  }
}

function readKey(text: string | undefined): string | undefined {
  if (text === undefined || /^[0-9a-f]{64}$/i.test(text)) return text?.toLowerCase()
  throw new Error('--key takes 64 hex digits.')
}

function readEpochNumber(text: string): number {
  if (!/^[1-9][0-9]{0,14}$/.test(text)) throw new Error('--from takes the number of an epoch, from 1.')
  return Number(text)
}
