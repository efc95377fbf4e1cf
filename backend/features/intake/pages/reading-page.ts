import { ADMINS } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { formToken, orShowAgain, page, submission, timeIn, type Visit, zoneOf } from '../../settings/index.ts'
import { MailboxReading, type ReadingOf, readingOf, writeReading } from '../pacing/setting.ts'

const PATH = '/settings/mailboxes/:mailboxId/reading'

type Fields = { pollMinutes: string; unitsPerMinute: string }
type Told = { fields: Fields | null; problem: string | null }

export const readingPage = page(PATH, ADMINS, (ctx, visit) => shown(ctx, visit, { fields: null, problem: null }))

export const readingForm = submission(PATH, ADMINS, (ctx, visit) => {
  const text = (name: keyof Fields) => (visit.form.get(name) ?? '').trim()
  const fields = { pollMinutes: text('pollMinutes'), unitsPerMinute: text('unitsPerMinute') }
  return orShowAgain(
    async () => {
      await writeReading(ctx, idIn(visit), readingIn(fields), visit.actor)
      return `${pathOf(visit)}?saved=1`
    },
    (problem) => shown(ctx, visit, { fields, problem }),
  )
})

const idIn = ({ params }: Visit): string => params['mailboxId'] ?? ''
const pathOf = (visit: Visit): string => PATH.replace(':mailboxId', idIn(visit))

/** @throws DeskError invalid_request for what is no setting */
function readingIn({ pollMinutes, unitsPerMinute }: Fields): MailboxReading {
  const number = (text: string) => (/^\d{1,7}$/.test(text) ? Number(text) : Number.NaN)
  const reading = MailboxReading.safeParse({
    pollMinutes: number(pollMinutes),
    unitsPerMinute: unitsPerMinute === '' ? null : number(unitsPerMinute),
  })
  if (reading.success) return reading.data
  throw new DeskError(
    'invalid_request',
    'Write minutes from 1 to 15, and units from 600 to 1000000 or nothing for the usual number.',
  )
}

async function shown(ctx: Ctx, visit: Visit, told: Told) {
  const { reading, zone } = await inWorkspace(
    ctx,
    visit.actor.workspaceId,
    async (tx) => ({ reading: await readingOf(tx, idIn(visit)), zone: await zoneOf(tx) }),
    { reads: true },
  )
  const usual = ctx.config.intake.unitsPerMinute
  return { title: `How ${reading.archiveAddress} is read`, body: view(visit, reading, told, { usual, zone }) }
}

const view = (
  visit: Visit,
  { archiveAddress, pollMinutes, unitsPerMinute, heldUntil }: ReadingOf,
  { fields, problem }: Told,
  { usual, zone }: { usual: number; zone: string },
) => html`
  <p><a href="/settings/mailboxes">Mailboxes</a></p>
  <h1>How ${archiveAddress} is read</h1>
  ${visit.query.has('saved') && html`<p class="good" role="status">Saved. It counts from now on.</p>`}
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  ${heldUntil && html`<p class="bad">Google asked for a pause until ${timeIn(zone, heldUntil)}. Mail waits in Gmail until then.</p>`}
  <form method="post" action=${pathOf(visit)}>
    ${formToken(visit)}
    <section>
      <label>Minutes between two looks<small>beside Google's pushes, which come at once and may get lost</small>
        <input name="pollMinutes" inputmode="numeric" autocomplete="off" value=${fields?.pollMinutes ?? String(pollMinutes)} /></label>
      <label>Quota units in a minute<small>of this account, for everything Sidedesk does there; nothing is the usual number, ${usual.toLocaleString('en')}</small>
        <input name="unitsPerMinute" inputmode="numeric" autocomplete="off" value=${fields?.unitsPerMinute ?? String(unitsPerMinute ?? '')} /></label>
      <p class="soft">Reading a mail costs 20 units, sending one 100. Answers come first, then new mail, then labels; mail of the past waits for all of them.</p>
    </section>
    <button>Save</button>
  </form>`
