import { z } from 'zod'
import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi'
import type { Endpoint } from '../../shared/endpoint.ts'
import { ERROR_STATUS, ErrorReply } from '../../shared/errors.ts'
import { paramsSchema } from './http.ts'

export type OpenApi = ReturnType<typeof createDocument>

/**
 * The API as OpenAPI 3.1, made from the endpoints that are served.
 * @param told what other programs are told of by webhooks: the type of each message, and what it means
 */
export function openApiOf(
  endpoints: readonly Endpoint[],
  server: string,
  told: Readonly<Record<string, string>> = {},
): OpenApi {
  const paths: ZodOpenApiPathsObject = {}
  for (const endpoint of endpoints) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operationOf(endpoint) }
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Sidedesk',
      version: '1',
      description: 'Lists answer {items, next}. Every write takes an Idempotency-Key header, kept for 48 hours.',
    },
    servers: [{ url: server }],
    security: [{ bearer: [] }],
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'A Google identity token of the add-on, or an API key' },
      },
    },
    paths,
    webhooks: Object.fromEntries(Object.entries(told).map(([type, words]) => [type, { post: messageOf(type, words) }])),
  })
}

const Told = z.object({
  timestamp: z.iso.datetime(),
  data: z.record(z.string(), z.unknown()).describe('Ids, codes and numbers'),
})

const messageOf = (type: string, words: string) => ({
  summary: words,
  security: [],
  requestBody: { content: { 'application/json': { schema: Told.extend({ type: z.literal(type) }) } } },
  responses: { '2XX': { description: 'Taken. Anything else is tried again' } } as const,
})

function operationOf(endpoint: Endpoint) {
  const { query, body } = endpoint
  const isPublic = endpoint.callers.includes('public')
  return {
    summary: endpoint.summary,
    description: `Callers: ${endpoint.callers.join(', ')}`,
    tags: [...endpoint.tags],
    ...(isPublic && { security: [] }),
    requestParams: {
      path: paramsSchema(endpoint.path),
      ...(query instanceof z.ZodObject && { query }),
      ...(endpoint.write && { header: z.object({ 'idempotency-key': z.string().min(8).max(200) }) }),
    },
    ...(body instanceof z.ZodObject && {
      requestBody: { required: true, content: { 'application/json': { schema: body } } },
    }),
    responses: {
      [String(endpoint.status)]: { description: 'Done', content: contentOf(endpoint.reply) },
      default: {
        description: `Refused: ${Object.keys(ERROR_STATUS).join(', ')}`,
        content: { 'application/json': { schema: ErrorReply } },
      },
    },
  } as const
}

const contentOf = (reply: z.ZodType) =>
  reply instanceof z.ZodObject
    ? { 'application/json': { schema: reply } }
    : { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } as const } }
