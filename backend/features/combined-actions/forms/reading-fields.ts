import { ActionInput } from '../../../../shared/combined-actions.ts'
import { type Fields, isYes, lineField, type PartWithLines, textOf } from './fields.ts'
import { ADDRESS_FIELDS, addressField } from './filling.ts'
import {
  chosenOf,
  countsLines,
  type Form,
  hitLines,
  isWanted,
  linesOf,
  methodOf,
  type Problem,
  quantityTyped,
  routeOf,
  variantTyped,
} from './form.ts'
import { typedAmount } from './typed-amounts.ts'

type Asked = Pick<Form, 'fields' | 'live' | 'options'>
export type ReadForm = { input: ActionInput; problems: [] } | { input: null; problems: Problem[] }

/** The intention that a form states, or all that keeps it from being one. Limits of the order are the plan's to check. */
export function readForm(form: Asked): ReadForm {
  const problems: Problem[] = []
  const { fields } = form
  const stated = {
    reason: { code: chosenReason(fields), text: textOf(fields, 'reason_text') },
    hit: hitLines(fields),
    cancel: isWanted(form, 'cancel') ? readCancel(form, problems) : null,
    reship: isWanted(form, 'reship') ? readReship(form, problems) : null,
    refund: isWanted(form, 'refund') ? readRefund(form, problems) : null,
    giftCard: isWanted(form, 'gift_card') ? readGiftCard(form, problems) : null,
  }
  if (stated.reason.code === '') problems.push({ field: 'reason', message: 'Choose a reason.' })
  if (!stated.cancel && !stated.reship && !stated.refund && !stated.giftCard)
    problems.push({ field: '', message: 'Choose at least one thing to do.' })
  const parsed = ActionInput.safeParse(stated)
  if (parsed.success && problems.length === 0) return { input: parsed.data, problems: [] }
  for (const { path, message } of parsed.error?.issues ?? [])
    if (!problems.some(({ field }) => field === fieldAt(path))) problems.push({ field: fieldAt(path), message })
  return { input: null, problems }
}

function readCancel(form: Asked, problems: Problem[]) {
  const { fields } = form
  return {
    lines: countsLines(form, 'cancel') ? readLines(form, 'cancel', problems) : null,
    restock: isYes(fields, 'cancel.restock'),
    notify: isYes(fields, 'cancel.notify'),
    reason: ownReason(form, 'cancel'),
  }
}

function readReship(form: Asked, problems: Problem[]) {
  const { fields, live } = form
  const lines = readLines(form, 'reship', problems).map((line) => ({
    ...line,
    variantId: variantTyped(fields, line.lineId),
  }))
  const pays = textOf(fields, 'reship.pays') === 'customer' ? 'customer' : 'shop'
  return {
    lines,
    address: Object.fromEntries(ADDRESS_FIELDS.map(([part]) => [part, addressValue(form, part)])),
    method: methodOf(form),
    pays,
    fee: pays === 'customer' ? readAmount(form, 'reship.fee', live.shop.currency, problems) : null,
    notify: isYes(fields, 'reship.notify'),
    reason: ownReason(form, 'reship'),
  }
}

function readRefund(form: Asked, problems: Problem[]) {
  const { fields, live } = form
  const chosen = chosenOf(form, 'refund')
  const what = chosen === 'lines_shipping' ? 'lines' : chosen
  const to = routeOf(form)
  const asksAmount = what === 'amount' || textOf(fields, 'refund.amount') !== ''
  return {
    what,
    lines: what === 'lines' ? readLines(form, 'refund', problems) : [],
    shipping: chosen === 'lines_shipping',
    amount: asksAmount ? readAmount(form, 'refund.amount', live.customerCurrency, problems) : null,
    to,
    payee:
      to === 'payout'
        ? { name: textOf(fields, 'refund.payee_name'), account: textOf(fields, 'refund.payee_account') }
        : null,
    notify: isYes(fields, 'refund.notify'),
    reason: ownReason(form, 'refund'),
  }
}

function readGiftCard(form: Asked, problems: Problem[]) {
  const { fields, options } = form
  const expires = textOf(fields, 'gift_card.expires')
  return {
    amount: readAmount(form, 'gift_card.amount', options.giftCard.currency, problems),
    expiresOn: expires === '' ? null : expires,
    message: textOf(fields, 'gift_card.message'),
    notify: isYes(fields, 'gift_card.notify'),
    reason: ownReason(form, 'gift_card'),
  }
}

/** More is mistyped. */
const MOST_OF_A_LINE = 10_000

function readLines(form: Asked, part: PartWithLines, problems: Problem[]) {
  return linesOf(form, part).flatMap((line) => {
    const typed = quantityTyped(form, part, line)
    if (!/^\d{0,5}$/.test(typed) || Number(typed) > MOST_OF_A_LINE) {
      const message = `${line.title}: write how many, a whole number from 0 to ${line.most}.`
      problems.push({ field: lineField(part, line.lineId), message })
      return []
    }
    const quantity = Number(typed)
    return quantity > 0 ? [{ lineId: line.lineId, quantity }] : []
  })
}

const chosenReason = (fields: Fields): string => {
  const chosen = textOf(fields, 'reason')
  return chosen === 'none' ? '' : chosen
}

/** A problem is noted and something readable is put in its place, so that all problems are said at once. */
function readAmount({ fields }: Asked, name: string, currency: string, problems: Problem[]) {
  const { money, problem } = typedAmount(textOf(fields, name), currency)
  if (money !== null && money.minor > 0) return money
  problems.push({ field: name, message: problem ?? 'An amount is more than nothing.' })
  return { minor: 1, currency }
}

const addressValue = ({ fields }: Asked, part: (typeof ADDRESS_FIELDS)[number][0]): string => {
  const typed = textOf(fields, addressField(part))
  return part === 'country' ? typed.toUpperCase() : typed
}

function ownReason({ fields }: Asked, part: string): string | null {
  const chosen = textOf(fields, `${part}.reason`)
  return chosen === '' || chosen === 'same' ? null : chosen
}

/** Where a form asks for what a path of the intention says: `reship.address.zip`, `refund.payee_name`. */
export function fieldAt(path: readonly PropertyKey[]): string {
  const [part = '', ...rest] = path.map((step) => (step === 'giftCard' ? 'gift_card' : String(step)))
  if (part === 'reason') return rest[0] === 'text' ? 'reason_text' : 'reason'
  return [part, ...rest].join('.').replace('payee.', 'payee_').replace('expiresOn', 'expires')
}
