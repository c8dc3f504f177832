/** What may import what. docs/architecture.md says why; this table is what the check enforces. */

/** Which workspaces a workspace's source may import, besides itself. */
export const WORKSPACE_ARROWS = {
  '@headframe/send-many': [],
  '@headframe/sha256': [],
  '@headframe/core': ['@headframe/sha256'],
  '@headframe/local': [],
  '@headframe/miner': ['@headframe/core'],
  '@headframe/verify': ['@headframe/core'],
  '@headframe/db': ['@headframe/core'],
  '@headframe/engine': ['@headframe/core', '@headframe/db', '@headframe/send-many'],
  '@headframe/web': ['@headframe/core', '@headframe/db'],
  '@headframe/up': [
    '@headframe/core',
    '@headframe/db',
    '@headframe/engine',
    '@headframe/local',
    '@headframe/miner',
  ],
  '@headframe/bench': [
    '@headframe/core',
    '@headframe/db',
    '@headframe/engine',
    '@headframe/local',
    '@headframe/miner',
    '@headframe/verify',
  ],
  '@headframe/e2e': [
    '@headframe/bench',
    '@headframe/core',
    '@headframe/db',
    '@headframe/engine',
    '@headframe/local',
    '@headframe/miner',
    '@headframe/verify',
  ],
}

/** What tests may import besides: the real services, a miner to load the pool with, and who checks what it publishes. */
export const TEST_ARROWS = ['@headframe/local', '@headframe/miner', '@headframe/verify']

/**
 * Which folders of apps/engine/src a folder may import, besides itself. Files directly in src that are not
 * programs (env, log) are open to all; the programs may import everything.
 */
export const ENGINE_ARROWS = {
  bitcoind: [],
  jobs: ['bitcoind'],
  journal: ['bitcoind'],
  block: ['bitcoind', 'jobs', 'journal'],
  live: [],
  canary: [],
  metrics: [],
  guard: [],
  operator: [],
  sessions: ['jobs', 'journal'],
  share: ['jobs', 'journal', 'block', 'live'],
  stratum: ['share', 'jobs', 'journal', 'live', 'guard', 'sessions'],
  wallet: ['bitcoind'],
  payout: ['bitcoind', 'wallet'],
  rebuild: ['payout', 'bitcoind'],
  publish: ['bitcoind'],
  alerts: ['live', 'status'],
  status: [],
  tasks: ['block', 'payout', 'wallet', 'publish', 'bitcoind', 'live', 'alerts', 'status', 'metrics'],
  // What the programs are made of: one file a process.
  processes: [
    'bitcoind',
    'jobs',
    'journal',
    'block',
    'live',
    'metrics',
    'canary',
    'guard',
    'share',
    'stratum',
    'tasks',
    'payout',
    'sessions',
  ],
}

/** Programs of the engine: they put the rooms together, and nothing imports them. */
export const ENGINE_PROGRAMS = [
  'serve',
  'ship',
  'settle',
  'run-canary',
  'config',
  'bans',
  'ledger',
  'replay',
  'payouts',
  'operators',
  'public-log',
  'profiles',
]

/** Node's own modules that core may use, each behind one door: what is used of them is a pure function of bytes. */
export const CORE_BUILTINS = {
  'node:crypto': [
    'packages/core/src/hash.ts',
    'packages/core/src/hash/crypto-hasher.ts',
    'packages/core/src/signature.ts',
    'packages/core/src/sealed-box.ts',
  ],
  'node:zlib': ['packages/core/src/journal/frame-buffer.ts'],
}

/** Names that bring time, chance, the outside or a global state into core. */
export const IMPURE_NAMES = [
  'Date',
  'performance',
  'process',
  'console',
  'globalThis',
  'global',
  'fetch',
  'crypto',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
]

export const MAX_LINES = 300
