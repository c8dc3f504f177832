/** The one reader of the browser benchmark's environment: where the browser is, as for the end-to-end tests. */
export function chromiumPath(): string {
  return process.env['CHROMIUM'] ?? '/usr/bin/chromium'
}
