import { MOST_MONTHS, type RetentionPreview, RetentionSettings } from '../../../../shared/retention.ts'
import { ADMINS, LEADS, type StaffRole } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { html } from '../../../platform/html.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { emailKey, formToken, orShowAgain, page, submission, timeIn, type Visit, zoneOf } from '../../settings/index.ts'
import { type Round, roundsSql } from '../rounds.ts'
import { previewIn, retentionIn, writeRetention } from '../settings.ts'
import { countWords, failureWords, linkTo, roundWords } from './words.ts'

const PATH = '/settings/retention'
const REPORTS = 20

type Told = { months: string | null; mode: string | null; problem: string | null }
const NOTHING: Told = { months: null, mode: null, problem: null }

export const retentionPage = page(PATH, LEADS, (ctx, visit) => shown(ctx, visit, NOTHING), {
  word: 'Retention and erasure',
  group: 'Desk',
})

export const retentionForm = submission(PATH, ADMINS, (ctx: Ctx, visit: Visit) => {
  const months = (visit.form.get('months') ?? '').trim()
  const mode = visit.form.get('mode') ?? ''
  return orShowAgain(
    async () => {
      const wish = RetentionSettings.safeParse({ months: months === '' ? null : numberOf(months), mode })
      if (!wish.success)
        throw new DeskError('invalid_request', `Write whole months, 1 to ${MOST_MONTHS}, or nothing to keep all.`)
      if (visit.form.get('act') === 'preview') return `${PATH}?months=${months}&mode=${mode}`
      await writeRetention(ctx, wish.data, visit.actor)
      return `${PATH}?saved=1`
    },
    (problem) => shown(ctx, visit, { months, mode, problem }),
  )
})

const numberOf = (text: string): number => (/^\d{1,3}$/.test(text) ? Number(text) : Number.NaN)

type Found = {
  settings: RetentionSettings
  preview: RetentionPreview | null
  rounds: Round[]
  zone: string
  customer: { id: string; name: string } | null
}

async function shown(ctx: Ctx, visit: Visit, told: Told) {
  const asked = numberOf(visit.query.get('months') ?? '')
  const found = await inWorkspace(
    ctx,
    visit.actor.workspaceId,
    async (tx): Promise<Found> => ({
      settings: await retentionIn(tx),
      preview: asked >= 1 && asked <= MOST_MONTHS ? await previewIn(tx, asked) : null,
      rounds: await tx.$queryRaw<Round[]>(roundsSql(tx.workspaceId, null, REPORTS)),
      zone: await zoneOf(tx),
      customer: await customerAt(tx, visit.query.get('address') ?? ''),
    }),
    { reads: true },
  )
  return { title: 'Retention and erasure', body: view(visit, found, told) }
}

const customerAt = async (tx: Tx, address: string): Promise<Found['customer']> => {
  const where = { workspaceId_emailKey: { workspaceId: tx.workspaceId, emailKey: emailKey(address) } }
  const row = address === '' ? null : await tx.customerAddress.findUnique({ where, include: { customer: true } })
  return row && { id: row.customer.id, name: row.customer.name }
}

const view = (visit: Visit, { settings, preview, rounds, zone, customer }: Found, { months, mode, problem }: Told) => {
  const mayEdit = visit.actor.role === 'admin'
  const chosen = mode ?? visit.query.get('mode') ?? settings.mode
  const typed = months ?? visit.query.get('months') ?? String(settings.months ?? '')
  const asked = visit.query.get('address') ?? ''
  return html`
  <h1>Retention and erasure</h1>
  ${visit.query.has('saved') && html`<p class="good" role="status">Saved. The next night forgets by it.</p>`}
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  <p>${settings.months === null ? 'Everything is kept: no rule is set.' : `Finished tickets are ${settings.mode === 'delete' ? 'deleted' : 'anonymised'} ${settings.months} months after their last message.`}</p>
  ${!mayEdit && html`<p>An admin changes this.</p>`}
  <form method="post" action=${PATH}>
    ${formToken(visit)}
    <section>
      <h2>Old tickets</h2>
      <label>Months after the last message<small>solved, closed and void tickets only; empty keeps everything</small>
        <input name="months" inputmode="numeric" autocomplete="off" value=${typed} /></label>
      <label>What happens<small>Anonymise: words and people go, what is counted stays. Delete: conversations go altogether.</small>
        <select name="mode">
          <option value="anonymise" selected=${chosen === 'anonymise'}>Anonymise</option>
          <option value="delete" selected=${chosen === 'delete'}>Delete</option>
        </select></label>
    </section>
    <button name="act" value="preview" class="quiet" disabled=${!mayEdit}>What would this touch?</button>
    <button name="act" value="save" disabled=${!mayEdit}>Save</button>
  </form>
  ${
    preview &&
    html`<section aria-label="Preview"><p role="status">This would touch ${counted(preview.tickets, 'ticket')} and ${counted(preview.looseMails, 'mail')} that became no ticket;
    of tickets as old as that, ${preview.held.toLocaleString('en')} ${preview.held === 1 ? 'is' : 'are'} held.</p></section>`
  }
  <section>
    <h2>One customer</h2>
    <form method="get" action=${PATH}>
      <label>Address<input name="address" type="email" autocomplete="off" value=${asked} /></label>
      <button class="quiet">Find</button>
    </form>
    ${asked !== '' && !customer && html`<p role="status">Nobody is known by this address.</p>`}
    ${customer && html`<p>${linkTo(mayEdit ? `${PATH}/customers/${customer.id}` : null, customer.name)}</p>`}
    <p><a href=${`${PATH}/holds`}>What is held by law</a></p>
  </section>
  <section>
    <h2>Reports</h2>
    ${rounds.length === 0 ? html`<p>Nothing was forgotten yet.</p>` : html`<ul>${rounds.map((round) => reportView(round, zone, visit.actor.role))}</ul>`}
  </section>`
}

const counted = (count: number, word: string): string =>
  `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`

const reportView = (round: Round, zone: string, role: StaffRole) => html`<li>
  <strong>${timeIn(zone, round.startedAt)}</strong> ${roundWords(round)}: ${countWords(round.counts)}${
    round.failed > 0 &&
    html`; <span class="bad">${round.failed} could not be forgotten</span>
  <ul>${round.failures.map((failure) => failureView(failure, role))}</ul>`
  }</li>`

const failureView = (failure: Round['failures'][number], role: StaffRole) => {
  const { path, words, advice } = failureWords(failure, role)
  return html`<li>${linkTo(path, words)} <span class="soft">${advice}</span></li>`
}
