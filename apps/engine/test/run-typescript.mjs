/** `node --conditions=@headframe/source --import=<URL of this>?cache=<folder> child.ts` */
import { register } from 'node:module'
import { URL } from 'node:url'

const cacheDirectory = new URL(import.meta.url).searchParams.get('cache')
register('./typescript-hooks.mjs', import.meta.url, { data: { cacheDirectory } })
