/** All that settings are made of. */
export interface Place {
  readonly host: string
  readonly port: number
  readonly tls: boolean
  /** `address.worker`. */
  readonly user: string
}

export interface Field {
  /** As the machine's own page calls it. */
  readonly label: string
  readonly value: string
  readonly note?: string
}

export interface Machine {
  /** In the address of the page. */
  readonly id: string
  readonly name: string
  /** What one of them does, about: the port is chosen by it. */
  readonly hashesPerSecond: number
  /** Whether it is known to speak Stratum inside TLS. */
  readonly takesTls: boolean
  /** Where its settings are. */
  readonly where: string
  readonly fieldsOf: (place: Place) => readonly Field[]
  /** Longest user name that it keeps whole. */
  readonly maxUserChars?: number
  readonly mistakes: readonly string[]
}

const KILO = 1e3
const TERA = 1e12
const PASSWORD = { label: 'Password', value: 'x', note: 'Anything; it is not checked.' }

const urlOf = ({ host, port, tls }: Place): string => `stratum+${tls ? 'ssl' : 'tcp'}://${host}:${port}`

/** One field for host and port, with the scheme before it. */
const asUrl =
  (urlLabel: string, userLabel: string) =>
  (place: Place): readonly Field[] => [
    { label: urlLabel, value: urlOf(place) },
    { label: userLabel, value: place.user },
    PASSWORD,
  ]

/** Host and port apart, and no scheme. */
const apart =
  (labels: {
    readonly host: string
    readonly port: string
    readonly user: string
    readonly password: string
  }) =>
  ({ host, port, user }: Place): readonly Field[] => [
    { label: labels.host, value: host, note: 'The name alone, without stratum+tcp:// and without the port.' },
    { label: labels.port, value: String(port) },
    { label: labels.user, value: user },
    { ...PASSWORD, label: labels.password },
  ]

const OWN_ADDRESS_MISTAKE =
  'The address is of another network, or of an exchange account that you cannot sign for: the pool pays whatever stands before the dot.'

/** What people mine with, and what its own settings page asks for. */
export const MACHINES: readonly Machine[] = [
  {
    id: 'bitaxe',
    name: 'Bitaxe (ESP-Miner)',
    hashesPerSecond: 1.2 * TERA,
    takesTls: true,
    where: 'Open the page of the Bitaxe in a browser (AxeOS), then Pool.',
    fieldsOf: apart({
      host: 'Stratum Host',
      port: 'Stratum Port',
      user: 'Stratum User',
      password: 'Stratum Password',
    }),
    mistakes: [
      'stratum+tcp:// or the port in the host: the machine then finds no such host.',
      'Saved but not restarted: it takes the new pool after a restart.',
      'The fallback pool has another user: some firmware goes on with that name here, and is refused.',
    ],
  },
  {
    id: 'nerdminer',
    name: 'NerdMiner',
    hashesPerSecond: 300 * KILO,
    takesTls: false,
    where: 'Hold its button until it opens the network NerdMinerAP, join that, and open 192.168.4.1.',
    fieldsOf: apart({
      host: 'Pool url',
      port: 'Pool port',
      user: 'Your BTC address',
      password: 'Pool password',
    }),
    mistakes: [
      'stratum+tcp:// in the url: leave it out.',
      'A share takes it minutes to hours on a port that starts high; choose the one with the lowest start.',
    ],
  },
  {
    id: 'antminer',
    name: 'Antminer (stock firmware)',
    hashesPerSecond: 200 * TERA,
    takesTls: false,
    where: 'Open its page in a browser, then Miner Configuration, Pool 1.',
    fieldsOf: asUrl('URL', 'Worker'),
    mistakes: [
      'The port is missing in the URL: it stands behind the host, after a colon.',
      'Pool 2 and 3 belong to somebody else: after a break the machine may stay there.',
    ],
  },
  {
    id: 'braiins',
    name: 'Braiins OS',
    hashesPerSecond: 150 * TERA,
    takesTls: false,
    where: 'Open its page in a browser, then Configuration, Pools, Add pool.',
    fieldsOf: asUrl('URL', 'Username'),
    mistakes: [
      'A URL that begins with stratum2+tcp:// is of Stratum V2; this port speaks V1.',
      'Another pool group has the larger quota: the machine then sends most of its work there.',
    ],
  },
  {
    id: 'whatsminer',
    name: 'Whatsminer',
    hashesPerSecond: 200 * TERA,
    takesTls: false,
    where: 'Open its page (or WhatsMinerTool), then Configuration, Miner Configuration, Pool 1.',
    fieldsOf: asUrl('Pool 1', 'Worker 1'),
    maxUserChars: 127,
    mistakes: ['A user name of more than 127 characters breaks its firmware: keep the worker name short.'],
  },
  {
    id: 'avalon',
    name: 'Avalon',
    hashesPerSecond: 90 * TERA,
    takesTls: false,
    where: 'Open its page in a browser, then Pool (or Dashboard, Pool Config).',
    fieldsOf: asUrl('Pool', 'Worker'),
    maxUserChars: 63,
    mistakes: [
      'It cuts user names at 63 characters: an address that starts with bc1p has 62 alone, so leave the worker name out.',
    ],
  },
  {
    id: 'cgminer',
    name: 'cgminer or bfgminer',
    hashesPerSecond: TERA,
    takesTls: false,
    where: 'On the command line; or the same as pools in its configuration file.',
    fieldsOf: (place) => [
      { label: 'cgminer', value: `cgminer -o ${urlOf(place)} -u ${place.user} -p x` },
      { label: 'bfgminer', value: `bfgminer -o ${urlOf(place)} -u ${place.user} -p x` },
    ],
    mistakes: [
      'http:// in place of stratum+tcp://: it then asks for getwork, which no pool speaks any more.',
    ],
  },
  {
    id: 'nicehash',
    name: 'NiceHash (buying hash power)',
    hashesPerSecond: 1_000 * TERA,
    takesTls: false,
    where: 'Marketplace, My Pools, Add new pool; algorithm SHA256AsicBoost.',
    fieldsOf: (place) => [
      { label: 'Stratum hostname or IP', value: place.host },
      { label: 'Port', value: String(place.port) },
      { label: 'Username', value: place.user },
      { ...PASSWORD, note: 'The pool knows NiceHash and never goes below difficulty 524,288, as it asks.' },
    ],
    mistakes: [
      'A fixed port with a lower difficulty: NiceHash drops the order.',
      'Run its pool verificator before the order: it says at once whether it gets work.',
    ],
  },
  {
    id: 'mrr',
    name: 'MiningRigRentals',
    hashesPerSecond: 500 * TERA,
    takesTls: false,
    where: 'Account, Pools, Add new pool; algorithm SHA256 / AsicBoost.',
    fieldsOf: (place) => [
      { label: 'Host', value: place.host },
      { label: 'Port', value: String(place.port) },
      { label: 'User', value: place.user },
      {
        ...PASSWORD,
        note: 'd= and a number behind it asks for that difficulty; otherwise it follows the rig.',
      },
    ],
    mistakes: [
      'A difficulty far above the rig: few shares come, and the rental is judged by a handful of them.',
    ],
  },
  {
    id: 'own',
    name: "Headframe's own miner",
    hashesPerSecond: 1e7,
    takesTls: false,
    where: 'In a checkout of Headframe, after npm install and npm run build.',
    fieldsOf: (place) => [
      { label: 'Command', value: `npm run mine -- --url ${urlOf(place)} --user ${place.user}` },
    ],
    mistakes: ['A CPU finds no block on mainnet. It is there to try the pool.'],
  },
  {
    id: 'other',
    name: 'Something else',
    hashesPerSecond: 100 * TERA,
    takesTls: true,
    where: 'Look for Pool, Stratum or Mining in its settings.',
    fieldsOf: asUrl('URL', 'User'),
    mistakes: [
      'Where host and port have fields of their own, leave out stratum+tcp:// and the port in the first.',
    ],
  },
]

export const COMMON_MISTAKES: readonly string[] = [
  OWN_ADDRESS_MISTAKE,
  'A user name that is no address: whoever mines here needs no account, so the address is the name.',
  'The machine cannot reach the port: a firewall or a router for guests keeps it in. Then nothing of it is seen here.',
  'TLS on a port that has none, or none on a port that wants it.',
]

export function machineOf(id: unknown): Machine {
  return MACHINES.find((machine) => machine.id === id) ?? MACHINES[0]!
}
