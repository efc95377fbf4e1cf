import type { Express, Request, Response } from 'express'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { allowScripts, enter, LIVE_SCRIPT, liveLine, plainPage, show, streamedPlace } from '../../settings/index.ts'
import { wallTopic } from '../wall/live.ts'
import { DARK_STYLE, WALL_STYLE } from '../wall/style.ts'
import { type DisplayScreen, displayOf } from './displays.ts'

const PATH = '/display/:key'

/** So many screens show one link at once. */
const MOST_OF_LINK = 1_000

const REVOKED = 'This display link is not valid any more. Ask an admin of the desk for a new one.'

/** The wallboard for whoever holds a display link: it is opened without a sign-in and names nobody. */
export function mountDisplays(app: Express, ctx: Ctx): void {
  app.get(PATH, (request, response) => showWall(ctx, request, response))
  app.get(`${PATH}/live`, (request, response) => watchWall(ctx, request, response))
}

async function showWall(ctx: Ctx, request: Request<{ key: string }>, response: Response): Promise<void> {
  const { key } = request.params
  const { workspaceId } = await admit(ctx, request, response, PATH)
  const part = await wallTopic(ctx, 'nameless').render(workspaceId)
  const here = `/display/${key}`
  const body = html`<h1>Wallboard</h1>${streamedPlace(`${here}/live`, part)}${liveLine(here)}`
  const isLight = new URL(request.originalUrl, 'http://desk').searchParams.has('light')
  const style = isLight ? WALL_STYLE : WALL_STYLE + DARK_STYLE
  allowScripts(response)
  show(response, 200, plainPage('Wallboard', body, { scripts: [LIVE_SCRIPT], style }))
}

async function watchWall(ctx: Ctx, request: Request<{ key: string }>, response: Response): Promise<void> {
  const { key } = request.params
  const { id, workspaceId } = await admit(ctx, request, response, `${PATH}/live`)
  const refusal = async () => ((await displayOf(ctx, key)) ? null : REVOKED)
  const viewer = { workspaceId, id, most: MOST_OF_LINK, proof: id, refusal }
  const { searchParams } = new URL(request.originalUrl, 'http://desk')
  ctx.live.watch(response, viewer, [{ topic: wallTopic(ctx, 'nameless'), seen: searchParams.get('seen') }])
}

/** @throws DeskError not_found. The key stands in the address, so no other site is told of it, and none may list it. */
async function admit(
  ctx: Ctx,
  request: Request<{ key: string }>,
  response: Response,
  path: string,
): Promise<DisplayScreen> {
  await enter(ctx, request as unknown as Request, response, `GET ${path}`)
  response.setHeader('Referrer-Policy', 'no-referrer')
  response.setHeader('X-Robots-Tag', 'noindex')
  const display = await displayOf(ctx, request.params.key)
  if (!display) throw new DeskError('not_found', REVOKED)
  return display
}
