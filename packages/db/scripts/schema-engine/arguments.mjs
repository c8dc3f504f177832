/**
 * `[--version] [--datasource JSON] [-d FILE...] [cli COMMAND]`, as the Prisma CLI calls its engine.
 *
 * @returns {{wantsVersion: boolean, url: string | undefined, schemaFiles: string[], cliCommand: string | undefined}}
 */
export function readArguments(argv, environment) {
  const cliIndex = argv.indexOf('cli')
  const own = cliIndex < 0 ? argv : argv.slice(0, cliIndex)
  const datasourceIndex = own.indexOf('--datasource')
  return {
    wantsVersion: own.includes('--version'),
    url: datasourceIndex < 0 ? environment.DATABASE_URL : JSON.parse(own[datasourceIndex + 1]).url,
    schemaFiles: valuesOf(own, ['-d', '--datamodels']),
    cliCommand: cliIndex < 0 ? undefined : argv[cliIndex + 1],
  }
}

function valuesOf(argv, flags) {
  const values = []
  let taking = false
  for (const word of argv) {
    if (word.startsWith('-')) taking = flags.includes(word)
    else if (taking) values.push(word)
  }
  return values
}
