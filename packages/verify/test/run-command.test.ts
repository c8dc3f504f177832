import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import type { JsonObject } from '@headframe/core/published/signed-document'
import { describe, expect, it } from 'vitest'
import { runCommand } from '../src/run-command.js'
import { CARL, tellLog } from './support/log-model.js'
import { KEY, OTHER_KEY, sealLog, type LogFiles } from './support/seal-log.js'
import { changeDocument } from './mutations/change-file.js'
import { openLogServer, openServer, writeFiles } from './support/write-files.js'

const model = tellLog()
const hash = model.blocks[3]!.statement.hash
const proof = `proofs/${hash}/${CARL}.json`

interface Said {
  readonly code: number
  readonly text: string
  readonly aside: string
}

async function run(...args: string[]): Promise<Said> {
  let [text, aside, ms] = ['', '', 0]
  const code = await runCommand(args, {
    print: (line) => (text += `${line}\n`),
    printAside: (line) => (aside += `${line}\n`),
    nowMs: () => (ms += 500),
  })
  return { code, text, aside }
}

describe.each([
  ['a folder', writeFiles],
  ['a web server', async (files: LogFiles) => `${await openLogServer(files)}/log`],
])('headframe-verify on %s', (_, place) => {
  it('prints a verdict a block and a summary, and ends with 0 for what was published', async () => {
    const { code, text, aside } = await run(await place(sealLog(model)))
    expect(aside).toBe('')
    expect(text.split('\n')).toEqual([
      expect.stringMatching(
        /^ok {8}block 102 [0-9a-f]{64} {2}49\.25001216 BTC to 3 miners, PPLNS, fee 1\.5 %$/,
      ),
      expect.stringMatching(
        /^ok {8}block 103 [0-9a-f]{64} {2}49\.30001234 BTC to 1 miner, SOLO, fee 1\.5 %$/,
      ),
      expect.stringMatching(/^ok {8}block 104/),
      expect.stringMatching(/^ok {8}block 105/),
      expect.stringMatching(/^ok {8}block 106 [0-9a-f]{64} {2}50\.00001234 BTC to the reserve of FPPS$/),
      `regtest, signed by ${KEY.publicKey}`,
      expect.stringMatching(/^3 epochs, 18 segments, 144 shares in \d/),
      '5 blocks: 5 ok, 0 wrong, 0 unchecked',
      '2 payouts, 0.00023600 BTC to miners',
      expect.stringMatching(/^2 FPPS credits, \d+\.\d{8} BTC to miners$/),
      'Nothing is wrong.',
      '',
    ])
    expect(code).toBe(0)
  })

  it('ends with 1, and names the fault, for what was changed', async () => {
    const files = sealLog(model)
    changeDocument(files, `blocks/${hash}.json`, (audit) => ({ ...audit, merklePath: [] }))
    const { code, text } = await run(await place(files))
    expect(code).toBe(1)
    expect(text).toMatch(/^WRONG {5}block 105/m)
    expect(text).toMatch(/block: block 105 [0-9a-f]{64}: its coinbase does not lead to the Merkle root/)
    expect(text).toMatch(/1 faults: this log is wrong\.\n$/)
  })

  it('ends with 1 for a log of another key than the one that was asked for', async () => {
    const { code, text } = await run(await place(sealLog(model)), '--key', OTHER_KEY.publicKey)
    expect(code).toBe(1)
    expect(text).toMatch(/signature: index: the log is signed by/)
  })

  it('leaves unchecked what reaches back behind the epoch it begins with', async () => {
    const { code, text } = await run(await place(sealLog(model)), '--from', '2')
    expect(code).toBe(0)
    expect(text).toMatch(/not all shares of its window are published/)
    expect(text).toMatch(/blocks: \d ok, 0 wrong, [1-9] unchecked/)
  })

  it('checks by the hashes alone what the log calls pruned', async () => {
    const files = sealLog(model)
    files.delete('epochs/1.bin')
    changeDocument(files, 'index.json', (index) => ({ ...index, prunedPosition: 6 }))
    const { code, text } = await run(await place(files))
    expect(code).toBe(0)
    expect(text).toMatch(/6 segments are pruned/)
    expect(text).toMatch(/^unchecked {1}block 102/m)
    expect(text).toMatch(/^ok {8}block 105/m)
    expect(text).toMatch(/^2 FPPS credits, .* to miners, 1 of them unchecked$/m)
  })

  it('shows on one page what a proof proves, and that the log lists its block', async () => {
    const { code, text } = await run('proof', `${await place(sealLog(model))}/${proof}`)
    const { amountSats } = model.blocks[3]!.rows.find(({ payee }) => payee === CARL)!
    expect(text).toContain(`Block 105 ${hash}`)
    expect(text).toContain(` = ${amountSats} sats`)
    expect(text).toContain(`Signed by ${KEY.publicKey}`)
    expect(text).toContain('Epoch 3 of the log lists the block.')
    expect(text).toMatch(/The proof holds\.\n$/)
    expect(text.split('\n').length).toBeLessThan(40)
    expect(code).toBe(0)
  })

  it('ends with 1 for a proof whose amount, epoch or signature is another', async () => {
    const files = sealLog(model)
    const tryWith = async (change: Record<string, unknown>): Promise<Said> => {
      const changed = new Map(files)
      changeDocument(changed, proof, (document) => ({ ...document, ...change }))
      return run('proof', `${await place(changed)}/${proof}`)
    }
    expect(await tryWith({ amountSats: '1' })).toMatchObject({
      code: 1,
      text: expect.stringMatching(/WRONG: the path does not lead/),
    })
    expect(await tryWith({ epoch: 1 })).toMatchObject({
      code: 1,
      text: expect.stringMatching(/epoch 1 does not list this statement/),
    })
    expect(await tryWith({ epoch: 9 })).toMatchObject({
      code: 1,
      text: expect.stringMatching(/there is no epochs\/9.json/),
    })
    const { statement } = JSON.parse(Buffer.from(files.get(proof)!).toString()) as { statement: JsonObject }
    expect(await tryWith({ statement: { ...statement, height: 9 } })).toMatchObject({
      code: 1,
      text: expect.stringMatching(/WRONG: the statement is not signed/),
    })
  })

  it('ends with 2 where no log is', async () => {
    const { code, aside } = await run(await place(new Map()))
    expect(code).toBe(2)
    expect(aside).toMatch(/has no index.json: no public log is here/)
  })
})

describe('headframe-verify', () => {
  it('takes a proof that is a file by itself', async () => {
    const folder = await writeFiles(new Map([['mine.json', sealLog(model).get(proof)!]]))
    const { code, text } = await run('proof', `${folder}/mine.json`)
    expect(text).toMatch(/Read it from the log/)
    expect(code).toBe(0)
  })

  it('ends with 2 when the server is away, is in trouble, or goes on without end', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    server.close()
    const away = await run(`http://127.0.0.1:${port}/log`)
    expect(away).toMatchObject({ code: 2, aside: expect.stringMatching(/cannot be read: .*ECONNREFUSED/) })
    const troubled = await run(await openServer((_, response) => response.writeHead(500).end()))
    expect(troubled).toMatchObject({ code: 2, aside: expect.stringMatching(/answers 500/) })
    const endless = await openServer((_, response) => {
      const chunk = Buffer.alloc(1 << 16, ' ')
      const pour = (): void => {
        while (response.write(chunk));
        response.once('drain', pour)
      }
      pour()
    })
    expect(await run(endless)).toMatchObject({
      code: 2,
      aside: expect.stringMatching(/is longer than 65536 bytes/),
    })
  })

  it.each([[[]], [['a', 'b']], [['x', '--key', 'abc']], [['x', '--from', '0']], [['proof']], [['--what']]])(
    'says how it is used when asked for %j',
    async (args) => {
      const { code, aside } = await run(...args)
      expect(code).toBe(2)
      expect(aside).toMatch(/headframe-verify URL\|FOLDER/)
    },
  )

  it('helps', async () => {
    expect(await run('--help')).toMatchObject({ code: 0, text: expect.stringMatching(/Ends with 0/) })
  })
})
