import '@shopify/shopify-api/adapters/node'
import { ApiVersion, LogSeverity, Session, shopifyApi } from '@shopify/shopify-api'
import { setAbstractFetchFunc } from '@shopify/shopify-api/runtime'
import { addressOf } from './hosts.ts'

export const API_VERSION = ApiVersion.October26

/** The parts that the library insists on and that a GraphQL call with a ready token does not use. */
const api = shopifyApi({
  apiKey: 'not-used',
  apiSecretKey: 'not-used',
  hostName: 'not-used.example',
  apiVersion: API_VERSION,
  isEmbeddedApp: false,
  logger: { level: LogSeverity.Error, log: () => undefined },
})

/** What came back from a socket, whatever the library makes of it. */
export type Heard = { status: number; headers: Headers; body: string }

export type Sending = {
  base: string | null
  domain: string
  token: string
  document: string
  variables: Record<string, unknown>
  timeoutMs: number
  /** Called once the whole answer is there; never when the connection broke or the time was over. */
  heard(answer: Heard): void
}

/**
 * Sends one document through Shopify's client, once.
 * @throws what the library throws: GraphqlQueryError for errors in an answer, others for everything else
 */
export async function send({ base, domain, token, document, variables, timeoutMs, heard }: Sending) {
  const signal = AbortSignal.timeout(timeoutMs)
  const client = clientWith(domain, token, async (url, init) => {
    const response = await fetch(addressOf(base, url), { ...init, signal, redirect: 'manual' })
    const body = await response.text()
    heard({ status: response.status, headers: response.headers, body })
    return new Response(hasNoBody(response.status) ? null : body, {
      status: response.status,
      headers: response.headers,
    })
  })
  return client.request(document, { variables, retries: 0, signal })
}

const hasNoBody = (status: number) => status === 204 || status === 205 || status === 304

/**
 * A client keeps the fetch function that is set when it is made, so each call has its own. The library neither takes a
 * host nor hands out an answer that it dislikes, and does not hold its time-out while the body is read.
 */
function clientWith(
  domain: string,
  accessToken: string,
  fetching: (url: string, init: RequestInit) => Promise<Response>,
) {
  setAbstractFetchFunc(fetching as typeof fetch)
  const session = new Session({ id: domain, shop: domain, state: '', isOnline: false, accessToken })
  return new api.clients.Graphql({ session })
}
