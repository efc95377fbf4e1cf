import { z } from 'zod'
import { PanelCard } from '../../../../shared/panel.ts'
import { STAFF_ROLES } from '../../../../shared/roles.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { type Page, type PageAnswer, page, submission, type Visit } from '../../settings/index.ts'
import { type Caller, type Routes, routeTo, send } from '../api.ts'
import { CARD, cardPath, HOME, ownPage, ticketPath } from '../paths.ts'
import { doPress, wordsOf } from '../pressing/doing.ts'
import { type FormPress, pressIn } from '../pressing/form-press.ts'
import { isNothing, keptIn, typedIn } from '../pressing/typed.ts'
import { saying } from '../said.ts'
import { retryView } from './retry-view.ts'
import { showCard } from './showing-card.ts'
import { showTicket } from './showing-ticket.ts'

/** Any card that the panel could lay on top of another one. */
export const cardPages = (routes: Routes): Page[] => [
  page(CARD, STAFF_ROLES, (ctx, visit) => shown({ ctx, routes, actor: visit.actor }, visit)),
  submission(CARD, STAFF_ROLES, (ctx, visit) => pressed({ ctx, routes, actor: visit.actor }, visit)),
]

async function shown(caller: Caller, visit: Visit): Promise<PageAnswer> {
  const { query } = visit
  const path = query.get('path')
  if (path === null) return { title: 'Desk', body: nothing }
  return showCard(caller, visit, await cardAt(caller, path), { path, ticketId: idIn(query.get('ticket')) })
}

const nothing = html`<h1>Nothing is chosen</h1><p><a class="button" href=${HOME}>Desk</a></p>`

/** @throws DeskError not_found for a path that shows no card */
async function cardAt(caller: Caller, path: string): Promise<PanelCard> {
  const found = path.startsWith('/v1/') ? routeTo(caller.routes(), 'GET', pathOf(path)) : null
  if (found?.route.endpoint.reply !== PanelCard)
    throw new DeskError('not_found', 'The desk does not know this any more. Open the ticket again.')
  return (await send(caller, { method: 'GET', path, body: undefined, key: '' })).reply as PanelCard
}

const pathOf = (path: string): string => path.replace(/\?.*/, '')

/** A ticket that the form or the address names; anything else is none. */
const idIn = (text: string | null): string | null => z.uuid().nullable().catch(null).parse(text)

/** Refused: the card again with what was typed, else the same press to be tried again. */
async function pressed(caller: Caller, visit: Visit): Promise<PageAnswer> {
  const { form } = visit
  const press = pressIn(form)
  const [path, back] = [form.get('card'), ownPage(form.get('back'))]
  try {
    if (press !== null) return await done(caller, visit, press)
    return path === null ? { goTo: HOME } : await again(caller, visit, { path, problem: null })
  } catch (error) {
    if (!(error instanceof DeskError)) throw error
    const problem = wordsOf(error)
    if (back !== null) return { goTo: saying(caller, back, { text: problem, bad: true }) }
    const answer =
      path === null
        ? { title: 'This did not work', body: retryView(visit, problem) }
        : await again(caller, visit, { path, problem })
    return { ...answer, status: error.status }
  }
}

async function again(caller: Caller, visit: Visit, { path, problem }: { path: string; problem: string | null }) {
  const { form } = visit
  return showCard(caller, visit, await cardAt(caller, path), {
    path,
    ticketId: idIn(form.get('ticket')),
    kept: keptIn(form),
    typed: typedIn(form),
    problem,
  })
}

async function done(caller: Caller, visit: Visit, press: FormPress): Promise<PageAnswer> {
  const { form } = visit
  const [ticketId, kept, back] = [idIn(form.get('ticket')), keptIn(form), ownPage(form.get('back'))]
  const looks = press.method === 'GET'
  if (looks && isNothing(kept)) return { goTo: cardPath(press.path, ticketId) }
  const came = await doPress(caller, press, form)
  if (came.card && back !== null && press.lay === 'update')
    return { goTo: saying(caller, back, { text: came.card.say ?? '', bad: false }) }
  if (came.card) return showCard(caller, visit, came.card, { ticketId, kept, path: looks ? press.path : null })
  const said = { text: press.say, bad: false }
  if (came.ticketId === null) return { goTo: saying(caller, back ?? HOME, said) }
  return came.ticketId === ticketId && !isNothing(kept)
    ? showTicket(caller, visit, ticketId, { said, typed: kept })
    : { goTo: saying(caller, ticketPath(came.ticketId), said) }
}
