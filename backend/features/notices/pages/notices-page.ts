import {
  NOTICE_KINDS,
  type NoticeChoices,
  type NoticeKind,
  NoticeWay,
  noticeKindsFor,
} from '../../../../shared/notices.ts'
import { STAFF_ROLES } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { orShowAgain, page, submission, type Visit, zoneOf } from '../../settings/index.ts'
import { choicesIn, writeChoices } from '../choosing/choices.ts'
import { NOTICES_PATH } from '../notice.ts'
import { publicPushKey } from '../push/keys.ts'
import { browsersOf, switchOff, switchOn } from '../push/subscriptions.ts'
import { noticesView, type Told } from './notices-view.ts'

const BROWSERS = `${NOTICES_PATH}/browsers`
const SCRIPT = '/scripts/notices.js'

/** What reaches somebody, how and when, and which browsers show it. */
const noticesPage = page(
  NOTICES_PATH,
  STAFF_ROLES,
  (ctx, visit) => shown(ctx, visit, { done: visit.query.get('done'), problem: null, typed: null }),
  'Notices',
)

const choicesForm = submission(NOTICES_PATH, STAFF_ROLES, (ctx, visit) => {
  const typed = typedIn(visit)
  return orShowAgain(
    async () => {
      await inWorkspace(ctx, visit.actor.workspaceId, (tx) => writeChoices(tx, typed, visit.actor))
      return `${NOTICES_PATH}?done=saved`
    },
    (problem) => shown(ctx, visit, { done: null, problem, typed }),
  )
})

const browserForm = submission(BROWSERS, STAFF_ROLES, (ctx, visit) =>
  acted(ctx, visit, async () => {
    const wish = Object.fromEntries(visit.form)
    await inWorkspace(ctx, visit.actor.workspaceId, (tx) => switchOn(ctx, tx, wish, visit.actor))
    return 'on'
  }),
)

const forgetForm = submission(`${BROWSERS}/:subscriptionId/removal`, STAFF_ROLES, (ctx, visit) =>
  acted(ctx, visit, async () => {
    const id = visit.params['subscriptionId'] ?? ''
    const was = await inWorkspace(ctx, visit.actor.workspaceId, (tx) => switchOff(tx, id, visit.actor))
    if (!was) throw new DeskError('not_found', 'This browser shows none of your notices.')
    return 'off'
  }),
)

export const noticePages = [noticesPage, choicesForm, browserForm, forgetForm]

const acted = (ctx: Ctx, visit: Visit, act: () => Promise<string>) =>
  orShowAgain(
    async () => `${NOTICES_PATH}?done=${await act()}`,
    (problem) => shown(ctx, visit, { done: null, problem, typed: null }),
  )

/** A way that no page offers is none that was chosen. */
function typedIn({ form, actor }: Visit): NoticeChoices {
  const ways = noticeKindsFor(actor.role).flatMap((kind): [NoticeKind, NoticeWay][] => {
    const way = NoticeWay.safeParse(form.get(`way.${kind}`))
    return way.success ? [[kind, way.data]] : []
  })
  const hour = form.get('digestHour') ?? ''
  return {
    ways: Object.fromEntries(ways),
    digestHour: /^(1?\d|2[0-3])$/.test(hour) ? Number(hour) : 8,
    quiet: form.has('quiet'),
  }
}

async function shown(ctx: Ctx, visit: Visit, told: Told) {
  const { workspaceId } = visit.actor
  const pushKey = await publicPushKey(ctx, workspaceId)
  const facts = await inWorkspace(
    ctx,
    workspaceId,
    async (tx) => ({
      choices: await choicesIn(tx, visit.actor),
      browsers: await browsersOf(ctx, tx, visit.actor.id),
      zone: await zoneOf(tx),
    }),
    { reads: true },
  )
  const kinds = noticeKindsFor(visit.actor.role).map((kind) => ({ kind, label: NOTICE_KINDS[kind].label }))
  return { title: 'Notices', body: noticesView(visit, { ...facts, kinds, pushKey }, told), scripts: [SCRIPT] }
}
