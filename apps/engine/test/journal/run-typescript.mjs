/** `node --conditions @headframe/source --import <this> child.ts` */
import { register } from 'node:module'

register('./typescript-hooks.mjs', import.meta.url)
