import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { describeProcedures } from '../../../src/server/api/procedures'
import { COSTS, METHODS, type Spec } from '../../../src/server/api/specify'
import { appRouter } from '../../../src/server/routers/root'
import { isSats } from '../../../src/server/schema/values'
import { SCOPES } from '../../../src/server/viewer'

const procedures = describeProcedures(appRouter)

function specOf({ name, spec }: (typeof procedures)[number]): Spec {
  if (spec === undefined) throw new Error(`${name} has no spec: see src/server/api/specify.ts`)
  return spec
}

function fieldsOf({ input }: Spec): Record<string, z.ZodType> {
  return input instanceof z.ZodObject ? input.shape : {}
}

describe.each(procedures.map((procedure) => [procedure.name, procedure] as const))(
  '%s',
  (_name, procedure) => {
    it('has a summary, an output and a rule who may call it', () => {
      const spec = specOf(procedure)
      expect(spec.summary).toMatch(/^[A-Z].*[^.]$/)
      expect(spec.output).toBeInstanceOf(z.ZodType)
      expect(['anybody', ...SCOPES]).toContain(spec.access)
      expect(COSTS).toContain(spec.cost)
    })

    it('has a method that fits what it does', () => {
      const { rest, streams } = specOf(procedure)
      expect(METHODS).toContain(rest.method)
      expect(rest.method === 'GET').toBe(procedure.type !== 'mutation')
      expect(streams === true).toBe(procedure.type === 'subscription')
    })

    it('takes an object, or nothing, with all that its path names', () => {
      const spec = specOf(procedure)
      expect(spec.input instanceof z.ZodObject || spec.input instanceof z.ZodVoid).toBe(true)
      for (const [, field = ''] of spec.rest.path.matchAll(/\{(\w+)\}/g))
        expect(fieldsOf(spec)).toHaveProperty(field)
    })

    it('says why there is nothing, where there may be nothing', () => {
      const { output, absent } = specOf(procedure)
      expect(absent !== undefined).toBe(output.safeParse(null).success)
    })

    it('calls satoshis what are satoshis, and nothing else', () => {
      for (const [field, schema] of bigintsOf(specOf(procedure).output))
        expect(isSats(schema), field).toBe(field.endsWith('Sats'))
    })
  },
)

it('no two procedures share a path', () => {
  const places = procedures.map((procedure) => {
    const { method, path } = specOf(procedure).rest
    return `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`
  })
  expect(new Set(places).size).toBe(places.length)
})

/** Every bigint in a schema, with the name of the field it is the value of. */
function bigintsOf(schema: z.ZodType): [string, object][] {
  const found: [string, object][] = []
  z.toJSONSchema(schema, {
    unrepresentable: 'any',
    reused: 'inline',
    override({ zodSchema, path }) {
      const field = path.findLast((step) => typeof step === 'string' && step !== 'anyOf')
      if (zodSchema._zod.def.type === 'bigint') found.push([String(field), zodSchema])
    },
  })
  return found
}
