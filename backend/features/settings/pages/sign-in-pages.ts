import express, { type Express, type Response } from 'express'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { endSession, LASTS_MS, sessionOf } from '../page-sessions.ts'
import { broughtBack, drop, keep } from './cookies.ts'
import { plainPage } from './frame.ts'
import { enter, isFromHere, show } from './manners.ts'
import { BEGUN_MS, beginSignIn, endSignIn, SIGN_IN, SIGNED_IN } from './signing-in.ts'

const SIGN_OUT = '/sign-out'

/** Through Google and back, and out again. */
export function mountSignIn(app: Express, ctx: Ctx): void {
  app.get(SIGN_IN, async (request, response) => {
    await enter(ctx, request, response, `GET ${SIGN_IN}`)
    const { to, choose } = request.query
    const { url, seed } = beginSignIn(ctx, typeof to === 'string' ? to : '/', choose !== undefined)
    keep(ctx, response, 'sign-in', seed, BEGUN_MS)
    response.redirect(url)
  })
  app.get(SIGNED_IN, async (request, response) => {
    await enter(ctx, request, response, `GET ${SIGNED_IN}`)
    try {
      const { code, state } = request.query
      const { session, to } = await endSignIn(ctx, { code, state }, broughtBack(ctx, request, 'sign-in'))
      drop(ctx, response, 'sign-in')
      keep(ctx, response, 'session', session, LASTS_MS)
      response.redirect(303, to)
    } catch (error) {
      refuse(ctx, response, error)
    }
  })
  app.post(SIGN_OUT, express.text({ type: 'application/x-www-form-urlencoded' }), async (request, response) => {
    await enter(ctx, request, response, `POST ${SIGN_OUT}`)
    if (!isFromHere(ctx, request)) return void response.redirect(303, '/')
    const session = await sessionOf(ctx, broughtBack(ctx, request, 'session'))
    if (session) await endSession(ctx, session)
    drop(ctx, response, 'session')
    show(response, 200, plainPage('Signed out', html`<h1>You are signed out</h1>${again}`))
  })
}

const again = html`<p><a class="button" href=${`${SIGN_IN}?choose=1`}>Sign in</a></p>`

function refuse(ctx: Ctx, response: Response, error: unknown): void {
  if (!(error instanceof DeskError)) throw error
  ctx.log.info({ code: error.code, reference: response.locals.reference }, 'a sign-in ended without a session')
  const body = html`<h1>You are not signed in</h1><p>${error.message}</p>${again}`
  show(response, error.status, plainPage('Not signed in', body))
}
