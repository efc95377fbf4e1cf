import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { type NextFunction, type Request, type Response } from 'express'
import { z } from 'zod'
import { ScriptError } from '../apps-script/realm/script-error.ts'
import { agentsOf } from './agents.ts'
import { assetRoutes, buildAssets } from './assets.ts'
import { customersOf } from './customers.ts'
import { type Ground, type HostOptions, NotHere } from './ground.ts'
import { GmailRefused } from './mail/gmail.ts'
import { panelsOf } from './panels.ts'
import { customerRoutes } from './routes/customers.ts'
import { mailRoutes } from './routes/mail.ts'
import { pageRoutes } from './routes/pages.ts'
import { panelRoutes } from './routes/panel.ts'
import { sheetRoutes } from './routes/sheets.ts'
import { layOut } from './sheets/workbooks.ts'

export type { HostOptions } from './ground.ts'

/** Room for 25 MB of attachments in base64. */
const LARGEST_BODY = '36mb'

/** A mail's frame inherits this, so it names what mails need as well: own pictures and inline style. */
const POLICY =
  "default-src 'self'; img-src 'self' data: https:; style-src 'self' 'unsafe-inline'; object-src 'none'; form-action 'self'; frame-ancestors 'none'"

export interface Host {
  url: string
  close(): Promise<void>
}

/** The mail client of the workbench on loopback. Throws when the port is taken. */
export async function startHost(options: HostOptions): Promise<Host> {
  const { google, appsScript, shop, backend, pictures, ledger, clock, report } = options
  const customers = customersOf(google, { support: shop.support, archive: shop.archive, now: () => clock.now() })
  const panels = panelsOf({
    appsScript,
    backend,
    pictures: pictures.public,
    ledgerFor: ledger.instead,
    onFailure: report,
  })
  const ground: Ground = { agents: agentsOf(options), customers, panels, options }
  layOut(appsScript.spreadsheets)
  const app = express()
  app.disable('x-powered-by')
  app.use(onlyOurselves)
  app.use(express.json({ limit: LARGEST_BODY }))
  app.use(assetRoutes(await buildAssets()))
  app.use(pageRoutes(ground), mailRoutes(ground), panelRoutes(ground), customerRoutes(ground), sheetRoutes(ground))
  app.use(explain(report))
  return listen(createServer(app), options.port)
}

/** A page of another site must not write mail here, whatever name it reaches us by. */
function onlyOurselves(request: Request, response: Response, next: NextFunction) {
  const name = (request.headers.host ?? '').replace(/:\d+$/, '')
  const origin = request.headers.origin
  const foreign = origin !== undefined && origin !== `http://${request.headers.host}`
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(name) || foreign)
    return void response.status(403).json({ message: 'Not from here.' })
  response.set({ 'content-security-policy': POLICY, 'x-content-type-options': 'nosniff' })
  next()
}

const explain =
  (report: HostOptions['report']) => (error: unknown, _: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) return next(error)
    const { status, message } = inWords(error)
    if (status >= 500) report(error instanceof Error ? (error.stack ?? error.message) : String(error))
    response.status(status).json({ message })
  }

function inWords(error: unknown): { status: number; message: string } {
  if (error instanceof z.ZodError)
    return { status: 400, message: error.issues.map((issue) => issue.message).join('. ') }
  if (error instanceof ScriptError) return { status: 409, message: error.message }
  if (error instanceof NotHere) return { status: 404, message: error.message }
  if (error instanceof GmailRefused) return { status: error.status === 404 ? 404 : 502, message: error.message }
  const status = error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : 500
  if (status === 413) return { status, message: 'Attachments may have 25 MB together.' }
  return { status, message: error instanceof Error ? error.message : String(error) }
}

async function listen(server: ReturnType<typeof createServer>, port: number): Promise<Host> {
  await new Promise<void>((done, failed) => {
    server.once('error', failed)
    server.listen(port, '127.0.0.1', done)
  })
  const { port: bound } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${bound}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}
