import { testServices } from '@headframe/local/testing/services'

/** What Node is told before a program's file so that it runs TypeScript; `cacheDirectory` keeps what is compiled. */
export function runSources(cacheDirectory = testServices().compiledDirectory): string[] {
  const hooks = new URL('run-typescript.mjs', import.meta.url)
  hooks.searchParams.set('cache', cacheDirectory)
  return ['--conditions=@headframe/source', `--import=${hooks.href}`]
}
