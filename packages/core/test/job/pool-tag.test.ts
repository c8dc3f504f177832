import { describe, expect, it } from 'vitest'
import { POOL_TAG_MAX_SIZE, problemOfPoolTag } from '../../src/job/pool-tag.js'

describe('problemOfPoolTag', () => {
  it.each(['', '/Headframe/', ' ', '~', 'x'.repeat(POOL_TAG_MAX_SIZE)])('takes %j', (tag) => {
    expect(problemOfPoolTag(tag)).toBeNull()
  })

  it.each(['\n', '/Héadframe/', '⛏', '\x7f', 'a\0', '/Headframe/\n'])('refuses %j', (tag) => {
    expect(problemOfPoolTag(tag)).toBe('The pool tag may hold only printable ASCII characters.')
  })

  it('refuses one that is too long', () => {
    expect(problemOfPoolTag('x'.repeat(POOL_TAG_MAX_SIZE + 1))).toBe(
      'The pool tag has 41 characters; at most 40 fit into a coinbase.',
    )
  })
})
