import {
  MAIL_KINDS,
  MAIL_OUTCOMES,
  type MailKind,
  type MailRule,
  MailRuleInput,
  type MailRuleTrial,
} from '../../../../../shared/mail-rules.ts'
import { ADMINS, LEADS } from '../../../../../shared/roles.ts'
import type { Ctx } from '../../../../context.ts'
import { DeskError } from '../../../../platform/errors.ts'
import { html } from '../../../../platform/html.ts'
import { inWorkspace } from '../../../../platform/tenancy.ts'
import { formToken, orShowAgain, page, submission, type View, type Visit, zoneOf } from '../../../settings/index.ts'
import { listRules } from '../listing.ts'
import { tryRule } from '../trying-rules.ts'
import { addRule, removeRule, writeRule } from '../writing.ts'
import { RULES_PATH } from './paths.ts'
import { trialView } from './trial-view.ts'

type Told = { typed: MailRuleInput | null; problem: string | null; trial: MailRuleTrial | null }

const NOTHING_TOLD: Told = { typed: null, problem: null, trial: null }

export const newRulePage = page(`${RULES_PATH}/new`, ADMINS, (ctx, visit) => shown(ctx, visit, NOTHING_TOLD))
export const newRuleForm = submission(`${RULES_PATH}/new`, ADMINS, (ctx, visit) =>
  savedOrTried(ctx, visit, (wish) => addRule(ctx, wish, visit.actor)),
)

export const rulePage = page(`${RULES_PATH}/:mailRuleId`, LEADS, (ctx, visit) => shown(ctx, visit, NOTHING_TOLD))
export const ruleForm = submission(`${RULES_PATH}/:mailRuleId`, ADMINS, (ctx, visit) =>
  savedOrTried(ctx, visit, (wish) => writeRule(ctx, visit.params['mailRuleId'] ?? '', wish, visit.actor)),
)

export const ruleRemoval = submission(`${RULES_PATH}/:mailRuleId/removal`, ADMINS, (ctx, visit) =>
  orShowAgain(
    async () => {
      const version = Number(visit.form.get('version'))
      await removeRule(ctx, visit.params['mailRuleId'] ?? '', { version }, visit.actor)
      return `${RULES_PATH}?saved=1`
    },
    (problem) => shown(ctx, visit, { ...NOTHING_TOLD, problem }),
  ),
)

/** The same form tries what it says, or saves it. */
function savedOrTried(ctx: Ctx, visit: Visit, save: (wish: MailRuleInput & { version: number }) => Promise<void>) {
  const typed = typedRule(visit)
  const tries = visit.form.get('do') === 'try'
  return orShowAgain(
    async () => {
      if (tries) throw TRIED
      await save({ ...checkedShape(typed), version: Number(visit.form.get('version')) })
      return `${RULES_PATH}?saved=1`
    },
    (problem) => shown(ctx, visit, { typed, problem, trial: null }),
  ).catch(async (error: unknown) => {
    if (error !== TRIED) throw error
    return triedOut(ctx, visit, typed)
  })
}

const TRIED = new Error('A trial is not saved')

async function triedOut(ctx: Ctx, visit: Visit, typed: MailRuleInput) {
  const ruleId = visit.params['mailRuleId']
  try {
    const trial = await tryRule(ctx, { ...checkedShape(typed), ...(ruleId && { ruleId }) }, visit.actor)
    return await shown(ctx, visit, { typed, problem: null, trial })
  } catch (error) {
    if (!(error instanceof DeskError)) throw error
    return { ...(await shown(ctx, visit, { typed, problem: error.message, trial: null })), status: error.status }
  }
}

function checkedShape(typed: MailRuleInput): MailRuleInput {
  const wish = MailRuleInput.safeParse(typed)
  if (!wish.success)
    throw new DeskError('invalid_request', 'Give the rule a name, and at most 200 entries in each list.')
  return wish.data
}

function typedRule({ form }: Visit): MailRuleInput {
  const lines = (name: string) =>
    (form.get(name) ?? '')
      .split(/[\n,;]/)
      .map((line) => line.trim())
      .filter((line) => line !== '')
  const isKind = (kind: string): kind is MailKind => Object.hasOwn(MAIL_KINDS, kind)
  const outcome = form.get('outcome') ?? ''
  return {
    name: (form.get('name') ?? '').trim(),
    active: form.has('active'),
    mailboxId: form.get('mailbox') || null,
    outcome: outcome === 'ticket' || outcome === 'quiet' ? outcome : 'ignored',
    matches: {
      recipients: lines('recipients'),
      labels: lines('labels'),
      senders: lines('senders'),
      subjects: lines('subjects'),
      kinds: form.getAll('kinds').filter(isKind),
    },
  }
}

const EMPTY: MailRuleInput = {
  name: '',
  active: true,
  mailboxId: null,
  outcome: 'ignored',
  matches: { recipients: [], labels: [], senders: [], subjects: [], kinds: [] },
}

async function shown(ctx: Ctx, visit: Visit, told: Told) {
  const ruleId = visit.params['mailRuleId']
  const { rules, mailboxes, zone } = await inWorkspace(
    ctx,
    visit.actor.workspaceId,
    async (tx) => ({
      rules: await listRules(tx),
      mailboxes: await tx.mailbox.findMany({
        where: { workspaceId: tx.workspaceId },
        orderBy: { createdAt: 'asc' },
        select: { id: true, address: true },
      }),
      zone: await zoneOf(tx),
    }),
    { reads: true },
  )
  const rule = rules.items.find(({ id }) => id === ruleId) ?? null
  if (ruleId !== undefined && rule === null) throw new DeskError('not_found', 'There is no such rule any more.')
  const version = visit.form?.get('version') ?? String(rules.version)
  const title = rule?.name ?? 'A new rule'
  return { title, body: view(visit, { ...told, rule, mailboxes, version, zone, title }) }
}

type Seen = Told & {
  rule: MailRule | null
  mailboxes: readonly { id: string; address: string }[]
  version: string
  zone: string
  title: string
}

const view = (visit: Visit, { typed, problem, trial, rule, mailboxes, version, zone, title }: Seen): View => {
  const own = typed ?? rule ?? EMPTY
  const mayEdit = visit.actor.role === 'admin'
  const path = rule ? `${RULES_PATH}/${rule.id}` : `${RULES_PATH}/new`
  return html`
  <h1>${title}</h1>
  <p><a href=${RULES_PATH}>All rules</a>${rule?.preset && html` <span class="soft">It came with the desk.</span>`}</p>
  ${problem && html`<p class="bad" role="alert">${problem}</p>`}
  ${trial && trialView(trial, zone)}
  <form method="post" action=${path}>
    ${formToken(visit)}<input type="hidden" name="version" value=${version} />
    <label>Name<input name="name" value=${own.name} required maxlength="100" /></label>
    <label><input type="checkbox" name="active" value="on" checked=${own.active} /> On</label>
    <p>Of each list that is not empty one entry has to fit. One entry a line.</p>
    <fieldset><legend>What it is</legend>
      ${Object.entries(MAIL_KINDS).map(
        ([kind, words]) =>
          html`<label><input type="checkbox" name="kinds" value=${kind} checked=${own.matches.kinds.includes(kind as MailKind)} /> ${words}</label>`,
      )}</fieldset>
    ${lines('senders', 'From', 'Addresses, or domains with all below them', own.matches.senders)}
    ${lines('recipients', 'To', 'returns@example.com, support+returns@example.com, or +returns for any address', own.matches.recipients)}
    ${lines('labels', 'Gmail labels', 'By name; a label means those below it as well', own.matches.labels)}
    ${lines('subjects', 'Words of the subject', 'Whole words', own.matches.subjects)}
    <label>Mailbox<select name="mailbox"><option value="">All mailboxes</option>
      ${mailboxes.map(({ id, address }) => html`<option value=${id} selected=${own.mailboxId === id}>${address}</option>`)}</select></label>
    <label>What becomes of it<select name="outcome">
      ${Object.entries(MAIL_OUTCOMES).map(([outcome, words]) => html`<option value=${outcome} selected=${own.outcome === outcome}>${words}</option>`)}</select></label>
    <p class="row"><button name="do" value="save" disabled=${!mayEdit}>Save</button>
      <button class="second" name="do" value="try" disabled=${!mayEdit}>Try on the last 200 mails</button></p>
  </form>
  ${
    rule &&
    mayEdit &&
    html`<form method="post" action=${`${path}/removal`}>${formToken(visit)}<input type="hidden" name="version" value=${version} />
    <button class="second">Remove this rule</button></form>`
  }`
}

const lines = (name: string, label: string, hint: string, entries: readonly string[]): View => html`
  <label>${label}<small>${hint}</small><textarea name=${name} rows=${Math.min(12, Math.max(2, entries.length + 1))}>${entries.join('\n')}</textarea></label>`
