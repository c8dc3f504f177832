import { ROLLABLE_VERSION_BITS } from '../job/version-bits.js'
import { readArray, readInteger, readText, type JsonObject } from './read-field.js'
import { TemplateError } from './template-error.js'

/** Rules that change how a block is built, and that this pool follows. The rest of `rules` are the node's business. */
const KNOWN_RULES: ReadonlySet<string> = new Set(['csv', 'segwit', 'taproot'])

/** BIP 9: a rule that begins with "!" must be known by whoever builds a block. Throws TemplateError. */
export function checkRules({ rules }: JsonObject): void {
  if (rules === undefined) return
  for (const rule of readArray(rules, 'rules')) {
    const name = readText(rule, 'rules')
    if (!name.startsWith('!') || KNOWN_RULES.has(name.slice(1))) continue
    const message = `this pool does not know the rule "${name}" and stops mining; it needs a newer release`
    throw new TemplateError('unknown-rule', 'rules', message)
  }
}

/**
 * The bits that miners roll (BIP 320) are cleared in every job, which is only allowed while the network requires none
 * of them (BIP 9, `vbrequired`). `vbavailable` lists what may be signalled besides, and the pool signals what the
 * node's version does outside of these bits. Throws TemplateError.
 */
export function checkVersionBits({ vbrequired }: JsonObject): void {
  if (vbrequired === undefined) return
  const required = readInteger(vbrequired, 'vbrequired', 0, 0xffffffff)
  // A bitwise operation is signed, but no bit of the mask is the sign.
  if ((required & ROLLABLE_VERSION_BITS) === 0) return
  const bits = (required & ROLLABLE_VERSION_BITS).toString(16)
  const message = `the network requires version bits that miners roll (0x${bits}); this pool stops mining and needs a newer release`
  throw new TemplateError('unknown-rule', 'vbrequired', message)
}

/**
 * The earliest time of a block of this template. `mintime` holds when the node lets the time be changed as one likes;
 * where it may only grow, nothing is older than `curtime` (BIP 23, "mutable"). Miners cannot work with a time that may
 * not be changed at all. A node that says nothing of it is one of BIP 22 alone, which leaves the time open.
 * Throws TemplateError.
 */
export function earliestTime({ mutable }: JsonObject, mintime: number, curtime: number): number {
  if (mutable === undefined) return mintime
  const mutations = readArray(mutable, 'mutable')
  if (mutations.includes('time')) return mintime
  if (mutations.includes('time/increment')) return curtime
  throw new TemplateError('fixed-field', 'mutable', 'does not let miners change the time of a block')
}
