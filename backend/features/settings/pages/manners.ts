import type { Request, Response } from 'express'
import type { Ctx } from '../../../context.ts'

/** Inline style is ours alone; nothing else is loaded, sent elsewhere, or framed. The manifest lets a phone keep the desk as an app. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/** What every answer to a browser bears. Without a referrer a browser would not name the origin of a form either. */
export async function enter(ctx: Ctx, request: Request, response: Response, endpoint: string): Promise<void> {
  response.locals.endpoint = endpoint
  response.setHeader('Cache-Control', 'no-store')
  response.setHeader('Content-Security-Policy', POLICY)
  response.setHeader('Referrer-Policy', 'same-origin')
  await ctx.rateLimiter.count('address', request.ip ?? 'unknown')
}

/** For pages that have a script of ours: it may run, ask us, and leave a worker that takes notices. */
export function allowScripts(response: Response): void {
  response.setHeader('Content-Security-Policy', `${POLICY}; script-src 'self'; connect-src 'self'; worker-src 'self'`)
}

export const show = (response: Response, status: number, page: string): void => {
  response.status(status).type('html').send(page)
}

/** Whether a form was sent by one of our pages: browsers say so, and nobody can make them lie. */
export function isFromHere({ config }: Ctx, request: Request): boolean {
  const origin = request.header('origin')
  if (origin !== undefined) return origin === new URL(config.http.pagesUrl).origin
  return request.header('sec-fetch-site') === 'same-origin'
}
