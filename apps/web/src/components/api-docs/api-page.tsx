import type { OpenApi } from '../../server/api/openapi/document'
import { ERROR_CODES, errorKind } from '../../server/error/kinds'
import { BUDGETS } from '../../server/limit/budgets'
import { Panel } from '../panel'
import { OperationEntry } from './operation-entry'
import { placesOf } from './operation-of'
import { PlainText } from './plain-text'

interface ApiPageProps {
  readonly document: OpenApi
  /** Of this pool, as the reader sees it: `https://pool.example`. */
  readonly origin: string
}

/** The reference: what there is, how it is called, and what may go wrong. It needs no script. */
export function ApiPage({ document, origin }: ApiPageProps) {
  const places = placesOf(document)
  return (
    <>
      <h1 className="mb-5 text-2xl">API</h1>
      <div className="grid gap-5">
        <Panel title="Before you begin">
          <div className="max-w-prose space-y-3">
            <p>
              <PlainText>{document.info.description}</PlainText>
            </p>
            <p>
              What is public needs nothing. For the rest, make a token on your account page and send it in the
              header <code>Authorization: Bearer</code>, never in an address. Programs find all of this in{' '}
              <a href="/api/v1/openapi.json" className="link">
                /api/v1/openapi.json
              </a>
              .
            </p>
            <p>
              A token, a session, or an address without either may make so many calls a minute:{' '}
              {Object.entries(BUDGETS)
                .map(([cost, budget]) => `${budget} that ${COST_TEXTS[cost as keyof typeof BUDGETS]}`)
                .join(', ')}
              . <code>RateLimit</code> says what is left, and <code>Retry-After</code> when to come back.
            </p>
          </div>
          <nav aria-label="Parts of the API" className="mt-4">
            <ul className="flex flex-wrap gap-x-5">
              {document.tags.map(({ name }) => (
                <li key={name}>
                  <a href={`#${name}`} className="link inline-block py-2">
                    {name}
                  </a>
                </li>
              ))}
              <li>
                <a href="#errors" className="link inline-block py-2">
                  errors
                </a>
              </li>
            </ul>
          </nav>
        </Panel>
        {document.tags.map(({ name }) => (
          <section key={name} id={name} className="min-w-0 scroll-mt-4">
            <Panel title={name}>
              <div className="divide-line divide-y">
                {places
                  .filter(({ operation }) => operation.tags.includes(name))
                  .map((place) => (
                    <OperationEntry key={place.operation.operationId} place={place} origin={origin} />
                  ))}
              </div>
            </Panel>
          </section>
        ))}
        <ErrorList />
      </div>
    </>
  )
}

const COST_TEXTS = {
  read: 'look something up',
  expensive: 'sum up much',
  write: 'change something',
  proof: 'prove something',
  log: 'read the public log',
} as const

function ErrorList() {
  return (
    <section id="errors" className="min-w-0 scroll-mt-4">
      <Panel title="errors">
        <p className="text-quiet mb-4 max-w-prose">
          An error is an answer of type <code>application/problem+json</code> (RFC 9457); its{' '}
          <code>code</code> keeps its meaning.
        </p>
        <dl className="divide-line divide-y">
          {ERROR_CODES.map((code) => {
            const { status, title, action } = errorKind(code)
            return (
              <div
                key={code}
                id={code}
                className="scroll-mt-4 py-3 sm:grid sm:grid-cols-[14rem_1fr] sm:gap-4"
              >
                <dt>
                  <code>{code}</code> <span className="text-faint">{status}</span>
                </dt>
                <dd className="text-quiet">
                  <PlainText>{`${title} ${action}`}</PlainText>
                </dd>
              </div>
            )
          })}
        </dl>
      </Panel>
    </section>
  )
}
