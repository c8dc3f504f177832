/**
 * Documents that stand beside /api/v1, because their addresses are part of the public log and of what miners keep:
 * they are as they were signed, and docs/verify.md says what is in them.
 */
const PLACES: readonly (readonly [string, string, string, readonly string[]])[] = [
  ['/log/index.json', 'How far the public log goes', 'application/json', []],
  ['/log/epochs/{number}.json', 'An epoch as it was signed', 'application/json', ['number']],
  ['/log/epochs/{number}.bin', 'The segments of an epoch', 'application/octet-stream', ['number']],
  ['/log/segments/{position}.bin', 'One published segment', 'application/octet-stream', ['position']],
  ['/log/blocks/{hash}.json', 'The audit of a settled block', 'application/json', ['hash']],
  [
    '/log/proofs/{hash}/{address}.json',
    'What proves the amount that a block pays to an address',
    'application/json',
    ['hash', 'address'],
  ],
  ['/miners/{address}/statement.csv', 'All that the ledger has of a miner', 'text/csv', ['address']],
]

/** These are below the root, not below /api/v1. */
const SERVERS = [{ url: '/' }]

export const FILE_PATHS = Object.fromEntries(
  PLACES.map(([path, summary, type, names]) => [
    path,
    {
      servers: SERVERS,
      get: {
        operationId: `log:${path}`,
        tags: ['log'],
        summary,
        security: [],
        parameters: names.map((name) => ({
          name,
          in: 'path',
          required: true,
          schema: { type: 'string' },
        })),
        responses: {
          '200': { description: 'The document.', content: { [type]: {} } },
          '404': {
            description: 'There is none, or it is no longer published.',
            content: { 'text/plain': {} },
          },
        },
      },
    },
  ]),
)
