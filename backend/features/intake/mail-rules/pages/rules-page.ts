import { AutomaticAnswers, type ContactForm, type MailRule, type MailRules } from '../../../../../shared/mail-rules.ts'
import { ADMINS, LEADS } from '../../../../../shared/roles.ts'
import type { Ctx } from '../../../../context.ts'
import { DeskError } from '../../../../platform/errors.ts'
import { html } from '../../../../platform/html.ts'
import { inWorkspace } from '../../../../platform/tenancy.ts'
import { formToken, orShowAgain, page, submission, type View, type Visit } from '../../../settings/index.ts'
import { KEPT_DAYS } from '../../ignoring/remembering.ts'
import { readBrake, writeBrake } from '../brake.ts'
import { addForm, listForms, removeForm } from '../contact-forms.ts'
import { listRules } from '../listing.ts'
import { matchWords, outcomeWords } from '../words.ts'
import { moveRule, writeRule } from '../writing.ts'
import { FORMS_PATH, IGNORED_PATH, RULES_PATH, SENDERS_PATH } from './paths.ts'

export const rulesPage = page(RULES_PATH, LEADS, (ctx, visit) => shown(ctx, visit, null), {
  word: 'Which mail becomes a ticket',
  group: 'Desk',
})

/** One place up or down, or on and off. */
export const orderForm = submission(`${RULES_PATH}/:mailRuleId/place`, ADMINS, (ctx, visit) =>
  saved(ctx, visit, () => moveOrSwitch(ctx, visit)),
)

export const brakeForm = submission(`${RULES_PATH}/brake`, ADMINS, (ctx, visit) =>
  saved(ctx, visit, async () => {
    const wish = AutomaticAnswers.safeParse({ perHour: Number(visit.form.get('per-hour')) })
    if (!wish.success) throw new DeskError('invalid_request', 'Write a number from 1 to 100.')
    await writeBrake(ctx, wish.data, visit.actor)
  }),
)

export const contactForms = submission(FORMS_PATH, ADMINS, (ctx, visit) =>
  saved(ctx, visit, () => addForm(ctx, (visit.form.get('sender') ?? '').trim().slice(0, 320), visit.actor)),
)

export const formRemoval = submission(`${FORMS_PATH}/removals`, ADMINS, (ctx, visit) =>
  saved(ctx, visit, () => removeForm(ctx, visit.form.get('sender') ?? '', visit.actor)),
)

const saved = (ctx: Ctx, visit: Visit, act: () => Promise<unknown>) =>
  orShowAgain(
    async () => {
      await act()
      return `${RULES_PATH}?saved=1`
    },
    (problem) => shown(ctx, visit, problem),
  )

async function moveOrSwitch(ctx: Ctx, { params, form, actor }: Visit): Promise<void> {
  const to = form.get('to')
  const version = Number(form.get('version'))
  const { items } = await inWorkspace(ctx, actor.workspaceId, listRules, { reads: true })
  const rule = items.find(({ id }) => id === params['mailRuleId'])
  if (!rule) throw new DeskError('not_found', 'There is no such rule any more.')
  const { id, position, preset: _preset, ignored: _ignored, ...definition } = rule
  if (to === 'on' || to === 'off') return writeRule(ctx, id, { ...definition, active: to === 'on', version }, actor)
  await moveRule(ctx, id, { version, position: Math.max(1, to === 'up' ? position - 1 : position + 1) }, actor)
}

type Seen = MailRules & { forms: ContactForm[]; perHour: number; names: Map<string, string>; problem: string | null }

async function shown(ctx: Ctx, visit: Visit, problem: string | null) {
  const seen = await inWorkspace(
    ctx,
    visit.actor.workspaceId,
    async (tx): Promise<Seen> => {
      const where = { workspaceId: tx.workspaceId }
      const mailboxes = await tx.mailbox.findMany({ where, select: { id: true, address: true } })
      const names = new Map(mailboxes.map(({ id, address }) => [id, address]))
      return { ...(await listRules(tx)), forms: await listForms(tx), ...(await readBrake(tx)), names, problem }
    },
    { reads: true },
  )
  return { title: 'Which mail becomes a ticket', body: view(visit, seen) }
}

const view = (visit: Visit, { items, version, forms, perHour, names, problem }: Seen): View => html`
  <h1>Which mail becomes a ticket</h1>
  ${visit.query.has('saved') && html`<p class="good" role="status">Saved. It counts for mail that comes from now on.</p>`}
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  <p>The first rule that fits decides; what none fits is a ticket like any other. An answer to a ticket is always heard.</p>
  <p class="row">${isAdmin(visit) && html`<a href=${`${RULES_PATH}/new`}>A new rule</a> `}<a href=${IGNORED_PATH}>Ignored in the last ${KEPT_DAYS} days</a>${isAdmin(visit) && html` <a href="/settings/changes">Who changed this</a>`}</p>
  <section aria-label="Ignored senders"><h2>First: <a href=${SENDERS_PATH}>ignored senders</a></h2>
    <p>Senders that somebody ignored from a card, or on that page. They come before all rules.</p></section>
  ${items.map((rule) => ruleView(visit, rule, { version, count: items.length, names }))}
  ${formsView(visit, forms)}
  <section aria-label="Automatic mail"><h2>Brake of automatic mail</h2>
    <p>Machines that answer each other stop here. Automatic mail never goes to machines, lists, senders who are not proved, or ourselves.</p>
    <form method="post" action=${`${RULES_PATH}/brake`}>${formToken(visit)}
      <label>Automatic mails to one address within an hour, at most
        <input name="per-hour" inputmode="numeric" value=${String(perHour)} required disabled=${!isAdmin(visit)} /></label>
      <button disabled=${!isAdmin(visit)}>Save</button></form></section>`

const isAdmin = ({ actor }: Visit): boolean => actor.role === 'admin'

type Among = { version: number; count: number; names: Map<string, string> }

const ruleView = (visit: Visit, rule: MailRule, { version, count, names }: Among): View => html`
  <section aria-label=${rule.name}>
    <h2>${rule.position}. <a href=${`${RULES_PATH}/${rule.id}`}>${rule.name}</a> ${!rule.active && html`<span class="bad">off</span>`}</h2>
    <p>${matchWords(rule.matches)}${rule.mailboxId !== null && `, at ${names.get(rule.mailboxId) ?? 'a mailbox that is gone'}`}: ${outcomeWords(rule.outcome)}.</p>
    ${rule.ignored > 0 && html`<p class="soft">${rule.ignored >= 1_000 ? 'More than 1,000' : rule.ignored} ignored in the last ${KEPT_DAYS} days</p>`}
    ${
      isAdmin(visit) &&
      html`<form class="who" method="post" action=${`${RULES_PATH}/${rule.id}/place`}>${formToken(visit)}
      <input type="hidden" name="version" value=${String(version)} />
      <button class="quiet" name="to" value=${rule.active ? 'off' : 'on'}>Switch ${rule.active ? 'off' : 'on'}</button>
      <button class="quiet" name="to" value="up" disabled=${rule.position === 1}>Up</button>
      <button class="quiet" name="to" value="down" disabled=${rule.position === count}>Down</button></form>`
    }
  </section>`

const formsView = (visit: Visit, forms: readonly ContactForm[]): View => html`
  <section aria-label="Contact forms"><h2>Contact forms</h2>
    <p>Mail of these senders is what somebody filled in on a web page: the customer is whoever is in Reply-To.</p>
    ${forms.map(
      ({ sender }) => html`<form class="who" method="post" action=${`${FORMS_PATH}/removals`}>${formToken(visit)}
        <input type="hidden" name="sender" value=${sender} />${sender} ${isAdmin(visit) && html`<button class="quiet">Remove</button>`}</form>`,
    )}
    ${
      isAdmin(visit) &&
      html`<form method="post" action=${FORMS_PATH}>${formToken(visit)}
      <label>Add a contact form<small>The address its mails come from, or a domain</small><input name="sender" required maxlength="320" autocomplete="off" /></label>
      <button>Add</button></form>`
    }</section>`
