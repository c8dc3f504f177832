import { curlOf } from './curl'
import { PlainText } from './plain-text'
import type { FieldSchema, Parameter, Place } from './operation-of'

const CODE = 'bg-sunken overflow-x-auto rounded p-3 font-mono text-sm'

/** One operation: what it is for, what it takes, how it is called, and what it answers. */
export function OperationEntry({ place, origin }: { readonly place: Place; readonly origin: string }) {
  const { method, path, operation } = place
  const { operationId, summary, description = '', parameters, requestBody, responses } = operation
  const [body] = Object.values(requestBody?.content ?? {})
  const fields = Object.entries(body?.schema.properties ?? {})
  return (
    <article id={operationId} className="min-w-0 scroll-mt-4 py-5 first:pt-0 last:pb-0">
      <h3 className="font-medium">{summary}</h3>
      <p className="mt-1 font-mono text-sm wrap-anywhere">
        <span className="text-copper">{method}</span> {path}
      </p>
      {description
        .split('\n\n')
        .filter((text) => text !== '')
        .map((text) => (
          <p key={text} className="text-quiet mt-2 max-w-prose">
            <PlainText>{text}</PlainText>
          </p>
        ))}
      {parameters.length + fields.length > 0 && (
        <dl className="mt-3 space-y-1 text-sm">
          {parameters.map((parameter) => (
            <Field key={parameter.name} {...parameter} schema={parameter.schema} />
          ))}
          {fields.map(([name, schema]) => (
            <Field
              key={name}
              name={name}
              in="body"
              required={body?.schema.required.includes(name) ?? false}
              schema={schema}
            />
          ))}
        </dl>
      )}
      <pre className={`${CODE} mt-3`} tabIndex={0} aria-label={`${summary}: curl`}>
        {curlOf(place, origin)}
      </pre>
      <details className="mt-2">
        <summary className="text-quiet hover:text-ink w-fit cursor-pointer py-2 text-sm">
          Example answer
        </summary>
        <ExampleAnswer place={place} />
      </details>
      <Problems responses={responses} />
    </article>
  )
}

interface FieldProps extends Omit<Partial<Parameter>, 'in'> {
  readonly name: string
  readonly in: Parameter['in'] | 'body'
  readonly required: boolean
  readonly schema: FieldSchema
}

function Field({ name, in: place, required, description, schema }: FieldProps) {
  const values = schema.enum?.join(', ')
  const notes = [
    place,
    required ? 'required' : undefined,
    values === undefined ? schema.type : `one of ${values}`,
    schema.default === undefined ? undefined : `default ${textOf(schema.default)}`,
  ]
  return (
    <div className="sm:grid sm:grid-cols-[10rem_1fr] sm:gap-4">
      <dt className="font-mono">{name}</dt>
      <dd className="text-quiet">
        <PlainText>{description ?? schema.description ?? ''}</PlainText>{' '}
        <span className="text-faint">{notes.filter(Boolean).join(', ')}</span>
      </dd>
    </div>
  )
}

function ExampleAnswer({ place }: { readonly place: Place }) {
  const [type, media] = Object.entries(place.operation.responses['200']?.content ?? {})[0] ?? []
  if (media?.example === undefined)
    return <p className="text-quiet text-sm">{type}, as docs/verify.md describes it.</p>
  const isStream = type === 'text/event-stream'
  const text = isStream
    ? `id: 1767225600000-1\nevent: change\ndata: ${JSON.stringify(media.example)}`
    : JSON.stringify(media.example, null, 2)
  return (
    <pre
      className={`${CODE} max-h-96 overflow-y-auto`}
      tabIndex={0}
      aria-label={`${place.operation.summary}: example`}
    >
      {text}
    </pre>
  )
}

function Problems({ responses }: { readonly responses: Place['operation']['responses'] }) {
  const problems = Object.entries(responses).filter(([status]) => status !== '200')
  return (
    <p className="text-faint mt-1 text-sm">
      May fail with{' '}
      {problems.map(([status, { description }], index) => (
        <span key={status}>
          {index > 0 && ', '}
          {status} {description.replaceAll('`', '')}
        </span>
      ))}
      .
    </p>
  )
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
