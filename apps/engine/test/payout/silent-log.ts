import { createLog } from '../../src/log.js'

/** For who asserts on what is written down and not on what is told. */
export const silentLog = createLog({ level: 'silent', name: 'test' })
