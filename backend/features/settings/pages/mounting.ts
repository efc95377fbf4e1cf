import express, { type Express, type Request, type Response } from 'express'
import type { Ctx } from '../../../context.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { html } from '../../../platform/html.ts'
import { paramsSchema } from '../../../platform/http.ts'
import { accessRefused, sendFlow } from '../../../platform/mount.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { type PageSession, sessionOf } from '../page-sessions.ts'
import { broughtBack } from './cookies.ts'
import { framed, plainPage } from './frame.ts'
import { enter, isFromHere, show } from './manners.ts'
import type { Page, PageAnswer, Visit } from './page.ts'
import { mountSignIn } from './sign-in-pages.ts'
import { SIGN_IN } from './signing-in.ts'

const LARGEST_FORM = '200kb'
const TOKEN_BYTES = 32

/** Puts every signed-in page on the app. Whoever is not signed in goes to Google and comes back to where they wanted to go. */
export function mountPages(app: Express, ctx: Ctx, pages: readonly Page[]): void {
  mountSignIn(app, ctx)
  const readForm = express.text({ type: 'application/x-www-form-urlencoded', limit: LARGEST_FORM })
  for (const page of pages) {
    const verb = page.method === 'GET' ? 'get' : 'post'
    app[verb](page.path, readForm, (request, response) => answer(ctx, pages, page, request, response))
  }
}

async function answer(ctx: Ctx, pages: readonly Page[], page: Page, request: Request, response: Response) {
  await enter(ctx, request, response, `${page.method} ${page.path}`)
  const session = await sessionOf(ctx, broughtBack(ctx, request, 'session'))
  if (!session) return signInFirst(page, request, response)
  const visit = visitOf(ctx, session, request)
  const frame = ({ title, body, status = 200, reveals }: Framed) => {
    const whole = framed(title, body, surroundings(pages, visit, request.path))
    show(response, status, reveals ? whole : ctx.mask(whole))
  }
  try {
    await ctx.rateLimiter.count('actor', session.actor.id)
    await ctx.rateLimiter.count('workspace', session.actor.workspaceId)
    await admit(ctx, page, visit.actor)
    if (page.method === 'POST') refuseForeign(ctx, session, visit, request)
    const answered = await page.handle(ctx, { ...visit, params: paramsIn(page, request) })
    if ('title' in answered) frame(answered)
    else await send(response, answered)
  } catch (error) {
    if (!(error instanceof DeskError) || response.headersSent) throw error
    ctx.log.info({ code: error.code, reference: response.locals.reference }, 'a page was refused')
    if (error.retryAfter) response.setHeader('Retry-After', error.retryAfter)
    frame({ title: 'This did not work', body: refusal(error), status: error.status })
  }
}

type Framed = Extract<PageAnswer, { title: string }>

function signInFirst(page: Page, request: Request, response: Response): void {
  if (page.method === 'GET') {
    response.redirect(`${SIGN_IN}?${new URLSearchParams({ to: request.originalUrl })}`)
    return
  }
  const body = html`<h1>You are not signed in any more</h1>
    <p>Nothing was done. Sign in, open the page again, and repeat what you did.</p>
    <p><a class="button" href=${SIGN_IN}>Sign in</a></p>`
  show(response, 401, plainPage('Not signed in', body))
}

const visitOf = (ctx: Ctx, { id, actor }: PageSession, request: Request): Visit => ({
  actor,
  params: {},
  query: new URLSearchParams(request.originalUrl.replace(/^[^?]*/, '')),
  form: new URLSearchParams(typeof request.body === 'string' ? request.body : ''),
  formToken: ctx.signer.mac('page-form', id, TOKEN_BYTES),
})

function paramsIn({ path }: Page, request: Request): Record<string, string> {
  const params = paramsSchema(path).safeParse(request.params)
  if (!params.success) throw new DeskError('not_found', 'There is no such page.')
  return params.data
}

/** Deny by default: a role that the page does not name. @throws DeskError forbidden, after recording it */
async function admit(ctx: Ctx, { method, path, roles }: Page, actor: StaffActor): Promise<void> {
  if (roles.includes(actor.role)) return
  const facts = { endpoint: `${method} ${path}`, role: actor.role, by: actor }
  await inWorkspace(ctx, actor.workspaceId, (tx) => record(tx, [accessRefused(facts)]))
  throw new DeskError('forbidden', `Your role (${actor.role}) may not do this. Ask an admin of your workspace.`)
}

/** A form that another site made, or that was made for another person or session. @throws DeskError forbidden */
function refuseForeign(ctx: Ctx, { id }: PageSession, { form }: Visit, request: Request): void {
  if (isFromHere(ctx, request) && ctx.signer.verify('page-form', id, form.get('form') ?? '', TOKEN_BYTES)) return
  throw new DeskError('forbidden', 'This form was not made by Sidedesk for you. Open the page again, and repeat it.')
}

const surroundings = (pages: readonly Page[], { actor, formToken }: Visit, here: string) => ({
  name: actor.name,
  formToken,
  here,
  menu: pages.flatMap(({ path, menu, roles }) =>
    typeof menu === 'string' && roles.includes(actor.role) ? [{ path, word: menu }] : [],
  ),
})

const refusal = ({ message }: DeskError) =>
  html`<h1>This did not work</h1>${message.split('\n').map((line) => html`<p>${line}</p>`)}`

async function send(response: Response, answer: Exclude<PageAnswer, { title: string }>): Promise<void> {
  if ('goTo' in answer) return response.redirect(303, answer.goTo)
  await sendFlow(response, answer.flow)
}
