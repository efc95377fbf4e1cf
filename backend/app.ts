import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Express } from 'express'
import { WEBHOOK_EVENTS } from '../shared/webhooks.ts'
import { planHotViews } from './ahead.ts'
import { createGmail } from './clients/gmail/index.ts'
import { createBucket, folderObjects, type Objects, s3Objects } from './clients/objects/index.ts'
import { createScanner } from './clients/scanner/index.ts'
import { createSheets } from './clients/sheets/index.ts'
import { createShopify } from './clients/shopify/index.ts'
import type { Config } from './config.ts'
import type { Ctx } from './context.ts'
import { figureReaders, keepLake } from './features/analytics/index.ts'
import { maskCodes } from './features/gift-cards/index.ts'
import { createMailParser } from './features/intake/index.ts'
import { mountShopWebhooks } from './features/orders/index.ts'
import {
  authenticate,
  failurePage,
  mountAddonPages,
  mountLiveParts,
  mountPages,
  pageSessionClosed,
  staffDeactivated,
  staffRoleChanged,
} from './features/settings/index.ts'
import { mountShopPages } from './features/shops/index.ts'
import { displayRevoked, mountDisplays } from './features/wallboard/index.ts'
import { begin, cardParts, followers, homeParts, jobs, liveParts, pages, reactions, routes } from './features.ts'
import { googleTokens } from './platform/authenticate.ts'
import { type Clock, fileClock, systemClock } from './platform/clock.ts'
import { connect, createPool } from './platform/database.ts'
import { reactionTable } from './platform/events.ts'
import { followersOf } from './platform/followers.ts'
import { answerFailures, createHttp, readJson } from './platform/http.ts'
import { createKeyring } from './platform/keyring.ts'
import { createLive } from './platform/live/live.ts'
import { createLog } from './platform/log.ts'
import { createMetrics, type Metrics } from './platform/metrics.ts'
import { createMoments } from './platform/moments.ts'
import { mountRoutes } from './platform/mount.ts'
import { openApiOf } from './platform/openapi.ts'
import { openApiPage } from './platform/openapi-page.ts'
import { databaseProblem, mountProbes } from './platform/probes.ts'
import { createRateLimiter } from './platform/rate-limit.ts'
import { mountScripts } from './platform/scripts.ts'
import { createSigner } from './platform/signer.ts'
import { startWorker } from './platform/worker.ts'
import { schedule } from './schedule.ts'

/** After these somebody may not look at a page any more that they have open. */
const CLOSING = [pageSessionClosed, staffDeactivated, staffRoleChanged, displayRevoked].map(({ type }) => type)

/** The composition root: everything that a process shares, from its configuration. */
export function createContext(
  config: Config,
  options: { process: string; clock?: Clock },
): Ctx & { close(): Promise<void> } {
  const clock = options.clock ?? (config.clockOffsetFile ? fileClock(config.clockOffsetFile) : systemClock)
  const log = createLog(config.logLevel, options.process, { mask: maskCodes })
  const metrics = createMetrics()
  const { db, pool, close } = connect(config.db, log)
  const moments = createMoments(clock)
  const live = createLive({ url: config.db.url, pool, closing: CLOSING }, { log, metrics, moments })
  const mailParser = createMailParser(config.intake.parserProcesses)
  const figures = figureReaders(config, { log, metrics }, () => ctx)
  const { google, pubSub } = config
  const ctx: Ctx & { close(): Promise<void> } = {
    config,
    db,
    pool,
    clock,
    log,
    metrics,
    keyring: createKeyring(config.masterKeys),
    signer: createSigner(config.masterKeys),
    reactions: reactionTable(reactions),
    followers: followersOf(() => ctx, followers),
    live,
    moments,
    cardParts,
    homeParts,
    begin,
    rateLimiter: createRateLimiter(config.rates),
    googleTokens: googleTokens({
      certsUrl: google.certsUrl,
      issuers: google.issuers,
      addonAudiences: config.addon.audiences,
      signInAudience: google.signIn.clientId,
      pushAudience: pubSub.audience,
      pushAccount: pubSub.account,
      now: () => clock.now(),
    }),
    gmail: createGmail({ ...google, clock, metrics }),
    sheets: createSheets({ ...google, clock, metrics }),
    shopify: createShopify({ url: config.shopify.url, clock, metrics }),
    objects: objectsOf(config, metrics),
    scanner: config.scanner && createScanner(config.scanner),
    figures,
    mailParser,
    mask: maskCodes,
    async close() {
      await figures.close()
      await mailParser.close()
      await live.close()
      await close()
    },
  }
  return ctx
}

const objectsOf = ({ objects, s3 }: Config, metrics: Metrics): Objects =>
  objects.kind === 'folder' ? folderObjects(objects.dir) : s3Objects(createBucket({ ...s3, ...objects, metrics }))

/** The HTTP side: guards, probes, the API and its description. */
export function createApi(ctx: Ctx): Express {
  const app = createHttp(ctx.log, ctx.metrics, ctx.config.http.trustedProxies)
  const endpoints = routes.map(({ endpoint }) => endpoint)
  let description: ReturnType<typeof openApiOf> | undefined
  const page = openApiPage(endpoints)
  mountShopWebhooks(app, ctx)
  readJson(app)
  mountProbes(app, ctx, () => databaseProblem(ctx.db))
  app.get('/openapi.json', (_request, response) => {
    description ??= openApiOf(endpoints, ctx.config.http.publicUrl, WEBHOOK_EVENTS) // 0.2 s of work that few processes are asked for
    response.json(description)
  })
  app.get('/docs', (_request, response) => {
    response.type('html').send(page)
  })
  mountAddonPages(app)
  mountShopPages(app, ctx)
  mountScripts(app, new URL('./browser/', import.meta.url))
  mountPages(app, ctx, pages)
  mountLiveParts(app, ctx, liveParts)
  mountDisplays(app, ctx)
  mountRoutes(app, ctx, routes, (request) => authenticate(ctx, request))
  answerFailures(app, ctx, failurePage)
  return app
}

export type Running = { stop(): Promise<void> }

/** Listens until stopped; requests that run are answered first. */
export async function serve(ctx: Ctx): Promise<Running & { port: number }> {
  const server: Server = createApi(ctx).listen(ctx.config.http.port, ctx.config.http.host)
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', reject)
  })
  const { port } = server.address() as AddressInfo
  ctx.log.info({ port }, 'the API listens')
  return {
    port,
    async stop() {
      const closed = new Promise<void>((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
      })
      server.closeIdleConnections()
      await ctx.live.endAll()
      await closed
    },
  }
}

/** The same, of a desk that answers its first visitors as quickly as all others. */
export async function serveReady(ctx: Ctx): Promise<Running & { port: number }> {
  await planHotViews(ctx)
  return serve(ctx)
}

/** Takes jobs until stopped. */
export async function work(ctx: Ctx): Promise<Running> {
  const pool = createPool(ctx.config.db.jobsUrl, ctx.config.jobs.concurrency + 4, ctx.log)
  await ctx.db.$executeRaw`select app.ensure_partitions(${ctx.clock.now()})`
  const worker = await startWorker(ctx, { pool, jobs, schedule, concurrency: ctx.config.jobs.concurrency })
  ctx.log.info({ jobs: jobs.length }, 'the worker takes jobs')
  return {
    async stop() {
      await worker.stop()
      await pool.end()
    },
  }
}

/** API, worker and lake in one process: a small desk on one machine, and the demo. */
export async function runAll(ctx: Ctx): Promise<Running & { port: number }> {
  const parts: Running[] = []
  const stop = async () => {
    for (const part of parts.toReversed()) await part.stop()
  }
  try {
    const api = await serveReady(ctx)
    parts.push(api)
    for (const start of [work, keepLake]) parts.push(await start(ctx))
    return { port: api.port, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The whole backend inside another process, which gives it its configuration and its clock. */
export async function startBackend(
  config: Config,
  options: { clock?: Clock } = {},
): Promise<Running & { ctx: Ctx; port: number }> {
  const ctx = createContext(config, { ...options, process: 'sidedesk' })
  try {
    const { port, stop } = await runAll(ctx)
    return { ctx, port, stop: () => stop().finally(() => ctx.close()) }
  } catch (error) {
    await ctx.close()
    throw error
  }
}
