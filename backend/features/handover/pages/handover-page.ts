import { HANDOVER_WORD } from '../../../../shared/handover.ts'
import { LEADS, PEOPLE_AT_WORK } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import { dayIn } from '../../../platform/calendar.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { formToken, type PageAnswer, page, submission, timeIn, type Visit, zoneOf } from '../../settings/index.ts'
import { backTo, clockIn } from '../../workforce/index.ts'
import { handOver } from '../handing/handing-over.ts'
import { doneWords, refusedWords } from '../handing/said.ts'
import { typedWish } from '../handing/typed.ts'
import { handOverAndLeave, leave } from '../leaving.ts'
import { type Scene, sceneOf } from '../open/scene.ts'
import { moreWords, openWords } from '../open/words.ts'
import { HAND_OVER, LEAVE, LEFT } from '../paths.ts'
import { receiverField } from './receiver-field.ts'

/** What is open of oneself, and to whom it can go. */
export const handoverPage = page(HAND_OVER, PEOPLE_AT_WORK, (ctx, visit) => shown(ctx, visit, isLeaving(visit.query)))

/** «Hand over», alone or on the way out. What stayed as it was is told at once; otherwise one goes on. */
export const handoverForm = submission(HAND_OVER, PEOPLE_AT_WORK, async (ctx, visit) => {
  const { form, actor } = visit
  const leaving = isLeaving(form)
  try {
    const [ticketIds, toId, word] = [form.getAll('ticket'), form.get('to') ?? '', form.get('word') ?? '']
    const handed = await (leaving ? handOverAndLeave : handOver)(ctx, typedWish({ ticketIds, toId, word }), actor)
    if (handed.refused.length === 0) return { goTo: leaving ? OUT : `${HAND_OVER}?said=handed` }
    const said = [doneWords(handed), ...refusedWords(handed), ...(leaving ? ['You are logged out.'] : [])]
    return await shown(ctx, visit, false, { said })
  } catch (error) {
    if (!(error instanceof DeskError)) throw error
    return { ...(await shown(ctx, visit, leaving, { problem: error.message })), status: error.status }
  }
})

/** «Log out» of every strip: with nothing open it does so, otherwise what is open is shown first. */
export const leavingForm = submission(LEAVE, PEOPLE_AT_WORK, async (ctx, visit): Promise<PageAnswer> => {
  const gone = await leave(ctx, visit.actor, { anyway: visit.form.get('anyway') === 'yes' })
  if (gone === null) return { goTo: `${HAND_OVER}?leaving=yes` }
  return { goTo: `${backTo(visit)}?said=log_out${gone.already ? '.already' : ''}` }
})

const OUT = '/desk/work?said=log_out'

const isLeaving = (fields: URLSearchParams): boolean => fields.get('leaving') === 'yes'

type Said = { problem?: string; said?: readonly string[] }

async function shown(ctx: Ctx, visit: Visit, leaving: boolean, { problem, said = [] }: Said = {}) {
  const { actor, query } = visit
  const facts = await inWorkspace(
    ctx,
    actor.workspaceId,
    async (tx) => ({ zone: await zoneOf(tx), ...(await sceneOf(tx, actor.id)) }),
    { reads: true },
  )
  const lines = query.get('said') === 'handed' ? ['Handed over.'] : said
  const body = html`
    <h1>Hand over</h1>
    ${problem && html`<p class="bad" role="alert">${problem}</p>`}
    ${lines.length > 0 && html`<p class="good lines" role="status">${lines.join('\n')}</p>`}
    ${facts.open.items.length === 0 ? html`<p>Nothing of yours waits before you are back.</p>` : formView(visit, { ...facts, now: ctx.clock.now() }, leaving)}
    ${leaving && goView(visit)}
    ${LEADS.some((role) => role === actor.role) && html`<p><a href=${LEFT}>What others left</a></p>`}
    <p><a href="/desk/work">Work</a></p>`
  return { title: 'Hand over', body }
}

/** With its day, when that is another. */
const whenWords = (zone: string, at: Date, now: Date): string =>
  (dayIn(zone, at) === dayIn(zone, now) ? clockIn : timeIn)(zone, at)

type Facts = Scene & { zone: string; now: Date }

function formView(visit: Visit, { open, receivers, zone, now }: Facts, leaving: boolean) {
  const { form } = visit
  const ticked = (id: string) => form.size === 0 || form.getAll('ticket').includes(id)
  return html`<form method="post" action=${HAND_OVER}>
    ${formToken(visit)}${leaving && html`<input type="hidden" name="leaving" value="yes" />`}
    <fieldset><legend>What is open</legend>${open.items.map(
      ({ ticketId, number, subject, ...why }) =>
        html`<label><input type="checkbox" name="ticket" value=${ticketId} checked=${ticked(ticketId)} /> ${number} ${subject}<small>${openWords(why, (at) => whenWords(zone, at, now))}</small></label>`,
    )}</fieldset>
    ${open.more > 0 && html`<p class="soft">${moreWords(open.more)}</p>`}
    ${
      receivers.length === 0
        ? html`<p class="bad">Nobody else is logged in. Whatever you leave is shown to your supervisor.</p>`
        : html`${receiverField(receivers, form.get('to'))}
          <label>How it stands<small>for whoever goes on</small><textarea name="word" rows="3" maxlength=${HANDOVER_WORD}>${form.get('word')}</textarea></label>
          <button>${leaving ? 'Hand over and log out' : 'Hand over'}</button>`
    }
  </form>`
}

const goView = (visit: Visit) => html`<form method="post" action=${LEAVE}>
  ${formToken(visit)}<input type="hidden" name="anyway" value="yes" /><button class="second">Log out, hand over nothing</button>
</form>`
