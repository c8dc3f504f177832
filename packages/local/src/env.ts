/** The one reader of this package's environment. */

/** Where programs are looked for. */
export function searchPath(): string {
  return process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin'
}

/**
 * What a service is started with: nothing of the caller's settings (PGPORT, LD_LIBRARY_PATH, a locale) may
 * change how it behaves.
 */
export function serviceEnvironment(): NodeJS.ProcessEnv {
  return { PATH: searchPath(), LC_ALL: 'C', TZ: 'UTC', HOME: '/nonexistent' }
}

/** For programs that must follow the machine's own settings, such as its proxy; messages in plain English. */
export function toolEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' }
}
