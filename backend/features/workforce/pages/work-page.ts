import { PEOPLE_AT_WORK } from '../../../../shared/roles.ts'
import { WORK_PRESSES, type WorkPress, type WorkPressQuery } from '../../../../shared/workforce.ts'
import type { Ctx } from '../../../context.ts'
import { dayIn } from '../../../platform/calendar.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import {
  LIVE_SCRIPT,
  liveLine,
  orShowAgain,
  page,
  submission,
  type View,
  type Visit,
  zoneOf,
} from '../../settings/index.ts'
import { press } from '../acting.ts'
import { workDayOf } from '../clocking/days.ts'
import { dayWords } from '../shifts/words.ts'
import { dayAsked, dayLinks } from './day-links.ts'
import { spansView } from './spans.ts'
import { liveWorkStrip } from './work-live.ts'
import { PRESS } from './work-strip.ts'

const PATH = '/desk/work'

/** Log-in, breaks, log-out, and one's own times. */
export const workPage = page(PATH, PEOPLE_AT_WORK, (ctx, visit) => shown(ctx, visit, null), 'Work')

export const pressForm = submission(PRESS, PEOPLE_AT_WORK, (ctx, visit) =>
  orShowAgain(
    async () => {
      const query = pressedIn(visit)
      const { already } = await press(ctx, query, visit.actor)
      return `${backTo(visit)}?${new URLSearchParams({ said: already ? `${query.to}.already` : query.to })}`
    },
    (problem) => shown(ctx, visit, problem),
  ),
)

function pressedIn({ form }: Visit): WorkPressQuery {
  const [to, kind] = (form.get('press') ?? '').split('=')
  const known = WORK_PRESSES.find((each) => each === to)
  if (!known) throw new DeskError('invalid_request', 'Press one of the buttons.')
  return { to: known, kind: kind?.slice(0, 60) }
}

const OURS = /^\/desk(\/[\w-]+)*$/

/** The page that a press came from: only a page of the desk. */
export const backTo = ({ form }: Visit): string => {
  const from = form.get('from') ?? ''
  return OURS.test(from) ? from : PATH
}

const SAID: Record<WorkPress | `${WorkPress}.already`, string> = {
  log_in: 'You are logged in.',
  'log_in.already': 'You were logged in already, perhaps on another device. It counts since then.',
  log_out: 'You are logged out.',
  'log_out.already': 'You were logged out already, perhaps on another device.',
  break: 'Your break began.',
  'break.already': 'You were on this break already, perhaps by another device. It counts since then.',
  stay: 'You stay logged in. Log out when you go.',
  'stay.already': 'You said so already, perhaps on another device.',
  back: 'Welcome back.',
  'back.already': 'You were back already, perhaps by another device.',
}

/** What the last press came to, in words; null when the address says nothing of one. For any page that shows the strip. */
export const pressedWords = ({ query }: Pick<Visit, 'query'>): string | null =>
  (SAID as Record<string, string>)[query.get('said') ?? ''] ?? null

async function shown(ctx: Ctx, visit: Visit, problem: string | null) {
  const { actor } = visit
  const now = ctx.clock.now()
  const facts = await inWorkspace(
    ctx,
    actor.workspaceId,
    async (tx) => {
      const zone = await zoneOf(tx)
      const day = dayAsked(visit.query, dayIn(zone, now))
      return { zone, day, spans: (await workDayOf(ctx, tx, actor.id, day)).items }
    },
    { reads: true },
  )
  const strip = await liveWorkStrip(ctx, visit, PATH)
  return { title: 'Work', body: view(visit, { ...facts, strip, now, problem }), scripts: [LIVE_SCRIPT] }
}

type Facts = {
  zone: string
  day: string
  strip: View
  spans: Awaited<ReturnType<typeof workDayOf>>['items']
  now: Date
  problem: string | null
}

const view = (visit: Visit, { zone, day, strip, spans, now, problem }: Facts) => html`
  <h1>Work</h1>
  ${pressedWords(visit) && html`<p class="good" role="status">${pressedWords(visit)}</p>`}
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  ${strip}
  ${liveLine(PATH)}
  <h2>My times, ${dayWords(day)}</h2>
  ${dayLinks(PATH, day, dayIn(zone, now))}
  ${spansView(spans, { now, zone, day })}
  <p class="soft">If something is wrong here, tell your supervisor, who can correct it. Times are those of ${zone}.</p>`
