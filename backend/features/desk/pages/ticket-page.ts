import { STAFF_ROLES } from '../../../../shared/roles.ts'
import { DeskError } from '../../../platform/errors.ts'
import { type Page, type PageAnswer, page, submission, type Visit } from '../../settings/index.ts'
import type { Caller, Routes } from '../api.ts'
import { cardPath, ticketPath } from '../paths.ts'
import { takenBy } from '../pressing/bodies.ts'
import { doPress, wordsOf } from '../pressing/doing.ts'
import { type FormPress, pressIn } from '../pressing/form-press.ts'
import { isNothing, textOf, typedIn, without } from '../pressing/typed.ts'
import { saidIn, saying } from '../said.ts'
import { changesSince } from '../ticket/changes.ts'
import { showCard } from './showing-card.ts'
import { showTicket } from './showing-ticket.ts'

const PATH = '/desk/tickets/:ticketId'

const ticketIn = ({ params }: Visit): string => params['ticketId'] ?? ''

/** A ticket on a page of its own: where notices lead, and where there is no panel. */
export const ticketPages = (routes: Routes): Page[] => [
  page(PATH, STAFF_ROLES, (ctx, visit) =>
    showTicket({ ctx, routes, actor: visit.actor }, visit, ticketIn(visit), { said: saidIn(ctx.signer, visit) }),
  ),
  submission(PATH, STAFF_ROLES, (ctx, visit) => pressed({ ctx, routes, actor: visit.actor }, visit)),
]

/** Whatever was typed stays, until it was sent. */
async function pressed(caller: Caller, visit: Visit): Promise<PageAnswer> {
  const ticketId = ticketIn(visit)
  const press = pressIn(visit.form)
  if (press === null) return showTicket(caller, visit, ticketId, { typed: typedIn(visit.form) })
  try {
    return await done(caller, visit, press)
  } catch (error) {
    if (!(error instanceof DeskError)) throw error
    const answer = await showTicket(caller, visit, ticketId, {
      said: { text: wordsOf(error), bad: true },
      typed: without(typedIn(visit.form), choiceOf(visit, press)),
      changes: MEANWHILE.includes(error.code) ? await changesSince(caller, ticketId, textOf(visit.form, 'seen')) : [],
    })
    return { ...answer, status: error.status }
  }
}

/** Refusals that are understood by what somebody else did. */
const MEANWHILE: readonly DeskError['code'][] = [
  'stale_version',
  'move_not_allowed',
  'claimed',
  'idempotency_key_reused',
]

/** A choice that was refused is not chosen again by itself. */
const choiceOf = ({ form }: Visit, press: FormPress): string[] =>
  form.get('press')?.startsWith('act.') ? takenBy(press).map(({ name }) => name) : []

async function done(caller: Caller, visit: Visit, press: FormPress): Promise<PageAnswer> {
  const { form } = visit
  const ticketId = ticketIn(visit)
  const typed = typedIn(form)
  const looks = press.method === 'GET'
  if (looks && isNothing(typed)) return { goTo: cardPath(press.path, ticketId) }
  const came = await doPress(caller, press, form)
  const rest = without(typed, [...takenBy(press).map(({ name }) => name), ...press.first, ...(press.own ?? [])])
  if (came.card)
    return showCard(caller, visit, came.card, { ticketId, kept: looks ? typed : rest, path: looks ? press.path : null })
  const said = { text: press.say, bad: false }
  if (came.ticketId !== null && came.ticketId !== ticketId)
    return { goTo: saying(caller, ticketPath(came.ticketId), said) }
  return isNothing(rest)
    ? { goTo: saying(caller, ticketPath(ticketId), said) }
    : showTicket(caller, visit, ticketId, { said, typed: rest })
}
