export const PROFILES_USAGE = `What the pool knows of mining clients, and how many of each have come.

  profiles             a table
  profiles --json      the same for a program
`

/** What the arguments ask for. `problem` is for a person. */
export type ProfileCommand =
  { readonly kind: 'table' | 'json' | 'help' } | { readonly kind: 'problem'; readonly problem: string }

/** Reads the arguments behind the program's name. */
export function parseProfileCommand(args: readonly string[]): ProfileCommand {
  const text = args.join(' ')
  if (text === '') return { kind: 'table' }
  if (text === '--json') return { kind: 'json' }
  if (text === '--help' || text === '-h' || text === 'help') return { kind: 'help' }
  return { kind: 'problem', problem: `"${text}" is not understood.\n\n${PROFILES_USAGE}` }
}
