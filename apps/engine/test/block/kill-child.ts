/**
 * A stratum process reduced to one block: says its hash on standard output, submits it, and kills itself as soon as it
 * has come to a step. Arguments: data folder, URL of the node, step, and what it knows of the block's transactions:
 * `synced`, `readable`, or `nothing`, though they are on the disk.
 */
import { writeSync } from 'node:fs'
import { bitcoinRpc } from '@headframe/local/bitcoin-rpc'
import { fetchTemplate, findBlock, openBlockStory } from './block-story.js'

const [dataDir, nodeUrl, step, knowledge] = process.argv.slice(2) as [string, string, string, string]

const { blocks, takeJob } = await openBlockStory(dataDir, nodeUrl, {
  hears: ({ isSynced }) => knowledge === 'synced' || (knowledge === 'readable' && !isSynced),
  onStep: (reached) => {
    if (reached === step) process.kill(process.pid, 'SIGKILL')
  },
})
const found = findBlock(await takeJob(await fetchTemplate(bitcoinRpc(nodeUrl))))
writeSync(1, `${found.candidate.hash}\n`)
blocks.submit(found)
