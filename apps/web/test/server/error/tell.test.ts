import { TRPCError } from '@trpc/server'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ERROR_CODES, errorKind } from '../../../src/server/error/kinds'
import { refuse } from '../../../src/server/error/refuse'
import { tellError } from '../../../src/server/error/tell'
import { problemAnswer } from '../../../src/server/rest/problem'

const docs = readFileSync(new URL('../../../../../docs/api.md', import.meta.url), 'utf8')

describe.each(ERROR_CODES)('%s', (code) => {
  it('is told with its code, a sentence and what to do, and stands in the docs', async () => {
    const { status, title, action } = errorKind(code)
    const told = tellError(refuse(code))
    expect(told).toEqual({ reason: code, message: title, action })
    const answer = problemAnswer(told, new Headers())
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ code, status, title, detail: title, action })
    const row = docs.split('\n').find((line) => line.startsWith(`| \`${code}\` `))
    expect(row).toContain(String(status))
    expect(row?.replaceAll('\\', '')).toContain(`${title} ${action}`)
  })

  it('has words for people', () => {
    for (const text of [errorKind(code).title, errorKind(code).action]) expect(text).toMatch(/^[A-Z].*\.$/)
  })
})

describe('an error that is none of ours', () => {
  it('is told by the code that comes nearest', () => {
    expect(tellError(new TRPCError({ code: 'NOT_FOUND' })).reason).toBe('not-found')
    expect(tellError(new TRPCError({ code: 'FORBIDDEN' })).reason).toBe('not-allowed')
    expect(tellError(new TRPCError({ code: 'UNAUTHORIZED' })).reason).toBe('sign-in-needed')
    expect(tellError(new TRPCError({ code: 'TIMEOUT' })).reason).toBe('internal')
  })

  it('says nothing of what broke inside', () => {
    const cause = new Error('password of the database')
    const told = tellError(new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: cause.message, cause }))
    expect(JSON.stringify(told)).not.toContain('password')
  })

  it('names the fields of an input, and not what stood in them', () => {
    const { error } = z.object({ limit: z.number().max(100) }).safeParse({ limit: 1_000 })
    const told = tellError(new TRPCError({ code: 'BAD_REQUEST', cause: error }))
    expect(told).toMatchObject({ reason: 'input-invalid', issues: [{ field: 'limit' }] })
    expect(told.message).toMatch(/^limit: /)
  })
})
