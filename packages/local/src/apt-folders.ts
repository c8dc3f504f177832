import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LocalError } from './local-error.js'
import { runTool, type ToolResult } from './run-tool.js'

/**
 * Which release a package is taken from: the machine's own sources, or Debian's development release on the
 * mirror that the machine uses.
 */
export type Suite = 'own' | 'sid'

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg'
const UPDATE_TIMEOUT_MS = 5 * 60_000
const INDEX_FORMAT = '$(ORIGIN)|$(COMPONENT)|$(RELEASE)|$(REPO_URI)'

/** Where the machine fetches Debian's own packages from, without the security archive, which has no sid. */
async function debianMirror(signal: AbortSignal | undefined): Promise<string> {
  const args = ['indextargets', '--format', INDEX_FORMAT, 'Created-By: Packages']
  const listed = await runTool('apt-get', args, { timeoutMs: UPDATE_TIMEOUT_MS, signal })
  const rows = listed.stdout.split('\n').map((line) => line.split('|'))
  const usable = rows.filter(
    ([, component, release]) => component === 'main' && release?.includes('security') !== true,
  )
  // The origin is known only after the machine's own first `apt-get update`.
  const known =
    usable.find(([origin]) => origin === 'Debian') ?? usable.find(([origin]) => origin === '$(ORIGIN)')
  const mirror = (known ?? usable[0])?.[3]
  if (mirror !== undefined && existsSync(KEYRING)) return mirror
  throw new LocalError('cannot-install', "this machine's apt sources name no Debian archive")
}

/** Runs apt on folders of its own: no root, no lock of the system's, nothing installed. */
export class AptFolders {
  readonly #directory: string
  readonly #options: readonly string[]

  readonly #signal: AbortSignal | undefined

  private constructor(directory: string, suite: Suite, signal: AbortSignal | undefined) {
    this.#directory = directory
    this.#signal = signal
    const own =
      suite === 'own' ? [] : ['sourcelist=sources.list', 'sourceparts=none', 'preferencesparts=none']
    const settings = [
      ...own.map((line) => line.replace(/^(\w+)=(.*)$/, `Dir::Etc::$1=${join(directory, '$2')}`)),
      `Dir::State=${join(directory, 'state')}`,
      `Dir::State::lists=${join(directory, 'lists')}`,
      // No package counts as installed, so that a package's whole closure is listed.
      `Dir::State::status=${join(directory, 'status')}`,
      `Dir::Cache=${join(directory, 'cache')}`,
      `Dir::Log=${join(directory, 'log')}`,
      'Debug::NoLocking=1',
      'APT::Sandbox::User=',
      'APT::Install-Recommends=0',
      'Acquire::Languages=none',
      'Acquire::Retries=3',
    ]
    this.#options = settings.flatMap((setting) => ['-o', setting])
  }

  /** Makes the folders below `directory` and fetches the suite's list of packages, checked by its signature. */
  static async create(directory: string, suite: Suite, signal?: AbortSignal): Promise<AptFolders> {
    for (const folder of ['state', 'lists/partial', 'cache/archives/partial', 'log', 'none']) {
      mkdirSync(join(directory, folder), { recursive: true })
    }
    writeFileSync(join(directory, 'status'), '')
    if (suite === 'sid') {
      const line = `deb [signed-by=${KEYRING}] ${await debianMirror(signal)} sid main\n`
      writeFileSync(join(directory, 'sources.list'), line)
    }
    const apt = new AptFolders(directory, suite, signal)
    const updated = await apt.#run(['update'])
    // Another archive of the machine may be away: whether the package is there is what counts.
    if (updated.code === null) throw new LocalError('cannot-install', `apt-get update: ${updated.stderr}`)
    return apt
  }

  /** The file names' package names that an installation on an empty machine would fetch. */
  async closure(packages: readonly string[]): Promise<string[]> {
    const args = ['install', '--yes', '--print-uris', ...packages]
    const listed = await this.#run(args)
    if (listed.code !== 0) throw new LocalError('cannot-install', `apt-get: ${listed.stderr}`)
    return [...listed.stdout.matchAll(/^'[^']*' ([^_ ]+)_\S+\.deb /gm)].map(([, name]) => name!)
  }

  /** Fetches packages into the folder `into`, each checked against the signed list. */
  async download(packages: readonly string[], into: string): Promise<void> {
    const fetched = await this.#run(['download', ...packages], into)
    if (fetched.code !== 0) throw new LocalError('cannot-install', `apt-get download: ${fetched.stderr}`)
  }

  #run(args: readonly string[], cwd = this.#directory): Promise<ToolResult> {
    return runTool('apt-get', [...this.#options, ...args], {
      cwd,
      timeoutMs: UPDATE_TIMEOUT_MS,
      signal: this.#signal,
    })
  }
}
