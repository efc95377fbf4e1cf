import type { LeftTicket } from '../../../../shared/handover.ts'
import { LEADS } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { howLong } from '../../../platform/panel.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { ticketPath } from '../../notices/index.ts'
import { formToken, orShowAgain, page, submission, type Visit } from '../../settings/index.ts'
import { handOver } from '../handing/handing-over.ts'
import { typedWish } from '../handing/typed.ts'
import { type LeftPage, leftIn } from '../left/listing.ts'
import { type Receiver, receiversIn } from '../open/scene.ts'
import { HAND_OVER, LEFT } from '../paths.ts'
import { receiverField } from './receiver-field.ts'

/** What people left open when their work ended, for how long, and who could go on. */
export const leftPage = page(LEFT, LEADS, (ctx, visit) => shown(ctx, visit, null))

export const giveForm = submission(LEFT, LEADS, (ctx, visit) =>
  orShowAgain(
    async () => {
      const { form, actor } = visit
      const of = (name: string) => form.get(name) ?? ''
      const wish = typedWish({ ticketIds: [of('ticket')], toId: of('to'), word: of('word'), fromId: of('from') })
      const { refused } = await handOver(ctx, wish, actor)
      const [stayed] = refused
      if (stayed) throw new DeskError('already_done', `${stayed.number}: ${stayed.why}`)
      return `${LEFT}?said=given`
    },
    (problem) => shown(ctx, visit, problem),
  ),
)

/** Each has its own list of people, and a phone is small. */
const AT_ONCE = 20

type Facts = { left: LeftPage; receivers: Receiver[] }

async function shown(ctx: Ctx, visit: Visit, problem: string | null) {
  const wish = { cursor: visit.query.get('cursor') ?? undefined, limit: AT_ONCE }
  const facts = await inWorkspace(
    ctx,
    visit.actor.workspaceId,
    async (tx) => ({ left: await leftIn(ctx, tx, wish), receivers: await receiversIn(tx) }),
    { reads: true },
  )
  return { title: 'What others left', body: view(visit, facts, problem, ctx.clock.now()) }
}

const view = (visit: Visit, { left, receivers }: Facts, problem: string | null, now: Date) => html`
  <h1>What others left</h1>
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  ${visit.query.get('said') === 'given' && html`<p class="good" role="status">Given.</p>`}
  ${left.items.length === 0 && html`<p>Nobody left anything open.</p>`}
  ${left.items.length > 0 && receivers.length === 0 && html`<p class="bad">Nobody is logged in to whom you could give it.</p>`}
  ${left.items.map((each) => leftView(visit, each, receivers, now))}
  ${left.next && html`<p><a class="button second" href=${`${LEFT}?${new URLSearchParams({ cursor: left.next })}`}>More</a></p>`}
  <p class="soft">It leaves this list when somebody has it, when it is over, or when whoever left it is back.</p>
  <p><a href=${HAND_OVER}>Hand over</a></p>`

function leftView(
  visit: Visit,
  { staff, ticketId, number, subject, since }: LeftTicket,
  receivers: readonly Receiver[],
  now: Date,
) {
  const others = receivers.filter(({ id }) => id !== staff.id)
  return html`<form method="post" action=${LEFT} aria-label=${number}>
    ${formToken(visit)}<input type="hidden" name="from" value=${staff.id} /><input type="hidden" name="ticket" value=${ticketId} />
    <p><a href=${ticketPath(ticketId)}>${number} ${subject}</a><br />
      <small>${staff.name}, ${howLong(now.getTime() - Date.parse(since))} ago</small></p>
    ${others.length > 0 && html`<div class="acts">${receiverField(others, null)}<button>Give<span class="sr"> ${number}</span></button></div>`}
  </form>`
}
