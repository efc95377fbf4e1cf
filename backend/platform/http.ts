import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import helmet from 'helmet'
import { z } from 'zod'
import type { ErrorCode, ErrorReply } from '../../shared/errors.ts'
import { LIMITS } from '../../shared/limits.ts'
import { isDatabaseAway } from './database-errors.ts'
import { DeskError } from './errors.ts'
import { newId } from './ids.ts'
import type { Logger } from './log.ts'
import { type Mask, maskTexts } from './mask.ts'
import type { Metrics } from './metrics.ts'

/**
 * Express with our guards and no route: security headers and a reference per request.
 * @param trustedProxies whose word about a caller's address counts: addresses, subnets, or Express' names for them
 */
export function createHttp(log: Logger, metrics: Metrics, trustedProxies: string[]): Express {
  const app = express()
  app.set('trust proxy', trustedProxies)
  app.disable('x-powered-by')
  app.disable('etag')
  app.use(
    helmet({
      contentSecurityPolicy: {
        directives: { defaultSrc: ["'none'"], styleSrc: ["'self'", "'unsafe-inline'"], imgSrc: ["'self'", 'data:'] },
      },
    }),
  )
  app.use((request: Request, response: Response, next: NextFunction) => {
    const started = process.hrtime.bigint()
    response.locals.reference = newId()
    response.setHeader('X-Request-Id', response.locals.reference)
    response.on('finish', () => {
      if (response.locals.isStream) return // it goes on for as long as somebody looks
      const seconds = Number(process.hrtime.bigint() - started) / 1e9
      const endpoint = response.locals.endpoint ?? 'none'
      metrics.requests.observe({ endpoint, status: response.statusCode }, seconds)
      log.debug(
        {
          endpoint,
          method: request.method,
          status: response.statusCode,
          ms: Math.round(seconds * 1e3),
          reference: response.locals.reference,
        },
        'answered',
      )
    })
    next()
  })
  return app
}

/** From here on bodies are read as JSON; what proves its caller by the raw bytes is mounted before. */
export function readJson(app: Express): void {
  app.use(express.json({ limit: LIMITS.bodyBytes, strict: false }))
}

/** Seconds after which a database that restarts is usually back. */
const RETRY_S = 5

/** A page that says in words what did not work, for somebody who looks at it in a browser. */
export type FailurePage = (words: string, reference: string) => string

/** The one place where a failure becomes an answer: JSON, or a page where a browser asks for one outside the API. Mount it last. */
export function answerFailures(
  app: Express,
  { log, mask }: { log: Logger; mask: Mask },
  failurePage: FailurePage,
): void {
  app.use((request: Request) => {
    throw new DeskError('not_found', `There is no ${request.method} ${request.path}. The API is described at /docs.`)
  })
  app.use((error: unknown, request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) return next(error)
    const failure = asDeskError(error)
    const reference: string = response.locals.reference
    const level = LEVELS[failure.code] ?? 'info'
    log[level](
      {
        err: level === 'info' ? undefined : error,
        code: failure.code,
        endpoint: response.locals.endpoint,
        reference,
      },
      'refused',
    )
    if (failure.retryAfter) response.setHeader('Retry-After', failure.retryAfter)
    response.status(failure.status)
    if (wantsPage(request)) {
      response.type('html').send(mask(failurePage(failure.message, reference)))
      return
    }
    const body: ErrorReply = {
      error: {
        code: failure.code,
        message: failure.message,
        reference,
        ...(failure.fields && { fields: failure.fields }),
      },
    }
    response.json(maskTexts(mask, body))
  })
}

const wantsPage = (request: Request) => !request.path.startsWith('/v1/') && request.accepts(['json', 'html']) === 'html'

/** What an operator should look at. */
const LEVELS: Partial<Record<ErrorCode, 'warn' | 'error'>> = { internal: 'error', unavailable: 'warn' }

function asDeskError(error: unknown): DeskError {
  if (error instanceof DeskError) return error
  if (isDatabaseAway(error))
    return new DeskError('unavailable', 'The database cannot be reached right now. Try again in a few seconds.', {
      retryAfter: RETRY_S,
    })
  const type = error instanceof Error && 'type' in error ? error.type : undefined
  if (type === 'entity.too.large')
    return new DeskError('too_large', `A request may hold ${LIMITS.bodyBytes / 1e6} MB; this one is larger.`)
  if (type === 'entity.parse.failed') return new DeskError('invalid_request', 'The body is not valid JSON.')
  if (type === 'charset.unsupported' || type === 'encoding.unsupported')
    return new DeskError('invalid_request', 'Send the body as JSON in UTF-8, plain or compressed with gzip.')
  if (error instanceof Error && 'status' in error && Number(error.status) >= 400 && Number(error.status) < 500)
    return new DeskError('invalid_request', 'The request could not be read.')
  return new DeskError(
    'internal',
    'Something went wrong on our side. Nothing was lost; try again, and give us the reference if it happens again.',
  )
}

/**
 * Parses what came in.
 * @throws DeskError invalid_request that names every wrong field and its limit
 */
export function parse<T extends z.ZodType>(schema: T, value: unknown, where: string): z.infer<T> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const fields = result.error.issues.map((issue) => ({
    path: [where, ...issue.path].join('.'),
    message: issue.message,
  }))
  throw new DeskError('invalid_request', fields.map(({ path, message }) => `${path}: ${message}`).join('; '), {
    fields,
  })
}

/** Names that end in Id are UUIDs, in small letters whoever typed them; anything else is a short text that the feature reads itself. */
export const paramsSchema = (path: string) =>
  z.object(
    Object.fromEntries(
      [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => [
        name,
        name.endsWith('Id') ? z.uuid().toLowerCase() : z.string().max(200),
      ]),
    ),
  )
