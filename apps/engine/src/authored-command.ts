import { parseArgs, type ParseArgsConfig } from 'node:util'

type Options = NonNullable<ParseArgsConfig['options']>
type Values<More extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; allowPositionals: true; options: More }>
>['values']

/** What the arguments ask for, and who says so. `problem` is for a person. */
export interface Authored<Command> {
  readonly command:
    Command | { readonly kind: 'help' } | { readonly kind: 'problem'; readonly problem: string }
  readonly author: string
}

export interface CommandForm<Command, More extends Options> {
  readonly usage: string
  /** Besides --by and --help. */
  readonly options: More
  /** Throws an Error whose message says what is not understood. */
  readonly commandOf: (positionals: readonly string[], values: Values<More>) => Command
}

/** Reads the arguments of a program whose doings are recorded under a name: that of --by, else the user's. */
export function parseAuthored<Command, const More extends Options>(
  args: readonly string[],
  userName: string,
  { usage, options, commandOf }: CommandForm<Command, More>,
): Authored<Command> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { ...options, by: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    })
    const { by, help } = values as { readonly by?: string; readonly help?: boolean }
    const author = (by ?? userName).trim()
    if (author === '') throw new Error('--by takes a name')
    if (help === true) return { command: { kind: 'help' }, author }
    return { command: commandOf(positionals, values), author }
  } catch (error) {
    return {
      command: { kind: 'problem', problem: `${(error as Error).message}\n\n${usage}` },
      author: userName,
    }
  }
}
