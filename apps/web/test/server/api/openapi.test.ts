import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { openApi } from '../../../src/server/api/openapi/document'
import { describeProcedures } from '../../../src/server/api/procedures'
import { appRouter } from '../../../src/server/routers/root'
import { documentedSchema } from '../../support/documented-schema'

describe('the OpenAPI document', () => {
  it('is one of version 3.1', async () => {
    const validator = new Validator()
    const { errors } = await validator.validate(structuredClone(openApi()))
    expect(errors).toBeUndefined()
    expect(validator.version).toBe('3.1')
  })

  it('has every procedure, with who may call it and what may go wrong', () => {
    const operations = Object.values(openApi().paths).flatMap((path) => Object.values(path))
    const ids = new Set(operations.map((operation) => (operation as { operationId?: string }).operationId))
    for (const { name } of describeProcedures(appRouter)) expect(ids).toContain(name)
  })

  it('gives examples that its own schemas allow', () => {
    const ajv = new Ajv2020({ strict: false })
    for (const { name, spec } of describeProcedures(appRouter)) {
      const { schema, example } = documentedSchema(spec!)
      expect(ajv.validate(schema, example), `${name}: ${ajv.errorsText()}`).toBe(true)
    }
  })
})
