import type { Express, Request, Response } from 'express'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import type { Connected } from '../connecting.ts'
import { beginInstall, CALLBACK, endInstall, INSTALL } from '../installing.ts'
import { installPage } from './install-page.ts'

const COOKIE = 'sidedesk_install'

/** Pages that a browser passes on the way to Shopify and back while the desk's app is installed in a shop. */
export function mountShopPages(app: Express, ctx: Ctx): void {
  app.get(INSTALL, async (request, response) => {
    await enter(ctx, request, response, INSTALL)
    const begun = beginInstall(ctx, request.query['start'])
    if (!begun) return show(response, 400, WHICH_DESK)
    response.cookie(COOKIE, begun.nonce, {
      httpOnly: true,
      sameSite: 'lax',
      secure: ctx.config.http.publicUrl.startsWith('https:'),
      path: CALLBACK,
    })
    response.redirect(begun.url)
  })
  app.get(CALLBACK, async (request, response) => {
    await enter(ctx, request, response, CALLBACK)
    try {
      const connected = await endInstall(ctx, request.query, cookieOf(request))
      response.clearCookie(COOKIE, { path: CALLBACK })
      show(response, 200, welcome(connected))
    } catch (error) {
      if (!(error instanceof DeskError)) throw error
      ctx.log.info({ code: error.code, reference: response.locals.reference }, 'an installation ended without a shop')
      show(response, error.status, ['The shop was not connected', error.message.split('\n')])
    }
  })
}

async function enter(ctx: Ctx, request: Request, response: Response, path: string): Promise<void> {
  response.locals.endpoint = `GET ${path}`
  response.setHeader('Cache-Control', 'no-store')
  response.setHeader('Referrer-Policy', 'no-referrer')
  await ctx.rateLimiter.count('address', request.ip ?? 'unknown')
}

const show = (response: Response, status: number, [heading, lines]: readonly [string, readonly string[]]) => {
  response.status(status).type('html').send(installPage(heading, lines))
}

/** Shopify's own list of apps opens this address without saying which desk is meant. */
const WHICH_DESK = [
  'Ask your desk for an address',
  [
    'This address is too old, or Shopify opened it by itself, so it does not say which desk the shop belongs to.',
    'An admin of the desk makes one: npm run admin -- shop connect your-shop.myshopify.com --install',
  ],
] as const

const welcome = ({ name, missing }: Connected): readonly [string, readonly string[]] => [
  `${name} is connected`,
  [
    'Its orders are being read. You can close this window.',
    ...missing.map(({ scope, without }) => `Not allowed: ${scope}. Without it ${without}.`),
  ],
]

function cookieOf(request: Request): string {
  const pairs = (request.header('cookie') ?? '').split(';').map((pair) => pair.trim().split('='))
  return pairs.find(([name]) => name === COOKIE)?.[1] ?? ''
}
