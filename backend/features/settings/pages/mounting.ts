import express, { type Express, type Request, type Response } from 'express'
import { LIMITS } from '../../../../shared/limits.ts'
import type { Ctx } from '../../../context.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import { accessRefused } from '../../../platform/calling.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { html } from '../../../platform/html.ts'
import { paramsSchema } from '../../../platform/http.ts'
import { sendFlow } from '../../../platform/mount.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { type PageSession, sessionOf } from '../page-sessions.ts'
import { broughtBack } from './cookies.ts'
import { framed, plainPage } from './frame.ts'
import { allowScripts, enter, isFromHere, show } from './manners.ts'
import { holdsWords } from './own-fields.ts'
import type { Page, PageAnswer, Visit } from './page.ts'
import { mountSignIn } from './sign-in-pages.ts'
import { SIGN_IN } from './signing-in.ts'

/** An answer may have a hundred thousand characters, of which a form makes up to nine bytes each. */
const LARGEST_FORM = LIMITS.bodyBytes
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
  if (!session) return signInFirst(ctx, page, request, response)
  const visit = visitOf(ctx, session, request)
  const frame = ({ title, body, status = 200, reveals, scripts = [], style }: Framed) => {
    const whole = framed(title, body, surroundings(pages, visit, { here: request.path, shadow: session.shadow }), {
      scripts,
      style,
    })
    if (scripts.length > 0) allowScripts(response)
    show(response, status, reveals ? whole : ctx.mask(whole))
  }
  try {
    await ctx.rateLimiter.count('actor', session.actor.id)
    await ctx.rateLimiter.count('workspace', session.actor.workspaceId)
    await admit(ctx, page, visit.actor)
    if (page.method === 'POST') refuseForeign(ctx, session, visit, request)
    const answered = await page.handle(ctx, { ...visit, params: checkedParams(page, request.params) })
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

function signInFirst(ctx: Ctx, page: Page, request: Request, response: Response): void {
  if (page.method === 'GET') {
    response.redirect(`${SIGN_IN}?${new URLSearchParams({ to: request.originalUrl })}`)
    return
  }
  const typed = isFromHere(ctx, request) ? textsIn(request) : []
  const body = html`<h1>You are not signed in any more</h1>
    <p>Nothing was done. Sign in, open the page again, and repeat what you did.</p>
    <p><a class="button" href=${SIGN_IN}>Sign in</a></p>
    ${typed.length > 0 && html`<section><h2>What you had typed</h2>${typed.map((text) => html`<pre>${text}</pre>`)}</section>`}`
  show(response, 401, ctx.mask(plainPage('Not signed in', body)))
}

/** Shorter ones are typed again as quickly as they are copied. */
const WORTH_KEEPING = 30

/** Longer texts that somebody typed into a form of ours: a session that ended must not cost them. */
const textsIn = ({ body }: Request): string[] =>
  [...new URLSearchParams(typeof body === 'string' ? body : '')].flatMap(([name, text]) =>
    text.length > WORTH_KEEPING && holdsWords(name) ? [text] : [],
  )

export const visitOf = (ctx: Ctx, { id, actor }: Pick<PageSession, 'id' | 'actor'>, request: Request): Visit => ({
  actor,
  params: {},
  query: new URLSearchParams(request.originalUrl.replace(/^[^?]*/, '')),
  form: new URLSearchParams(typeof request.body === 'string' ? request.body : ''),
  formToken: ctx.signer.mac('page-form', id, TOKEN_BYTES),
})

/** @throws DeskError not_found for a part that cannot be what the path calls it */
export function checkedParams({ path }: Pick<Page, 'path'>, found: unknown): Record<string, string> {
  const params = paramsSchema(path).safeParse(found)
  if (!params.success) throw new DeskError('not_found', 'There is no such page.')
  return params.data
}

/** Deny by default: a role that the page does not name. @throws DeskError forbidden, after recording it */
export async function admit(
  ctx: Ctx,
  { method, path, roles }: Pick<Page, 'method' | 'path' | 'roles'>,
  actor: StaffActor,
): Promise<void> {
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

const surroundings = (
  pages: readonly Page[],
  { actor, formToken }: Visit,
  at: { here: string; shadow: PageSession['shadow'] },
) => ({
  name: actor.name,
  formToken,
  ...at,
  menu: pages.flatMap(({ path, menu, roles, covers = [] }) =>
    typeof menu === 'string' && roles.includes(actor.role) ? [{ path, word: menu, covers }] : [],
  ),
})

const refusal = ({ message }: DeskError) =>
  html`<h1>This did not work</h1>${message.split('\n').map((line) => html`<p>${line}</p>`)}`

async function send(response: Response, answer: Exclude<PageAnswer, { title: string }>): Promise<void> {
  if ('goTo' in answer) return response.redirect(303, answer.goTo)
  await sendFlow(response, answer.flow)
}
