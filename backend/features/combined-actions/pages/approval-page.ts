import type { Money } from '../../../../shared/money.ts'
import { STAFF_ROLES } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import { DeskError } from '../../../platform/errors.ts'
import { type PageAnswer, page, submission, type Visit } from '../../settings/index.ts'
import { approve, decline } from '../approving/deciding.ts'
import { typedAmount } from '../forms/typed-amounts.ts'
import { type ApprovalFacts, approvalFacts } from './approval-facts.ts'
import { approvalView } from './approval-view.ts'
import type { Typed } from './decision-forms.ts'

const PATH = '/actions/:actionId'
const LEADS = ['supervisor', 'admin'] as const
const WORD = 500

export const actionPage = page(PATH, STAFF_ROLES, (ctx, visit) => shown(ctx, visit, { problem: null }))

export const approvalForm = submission(`${PATH}/approval`, LEADS, async (ctx, visit) => {
  const facts = await factsFor(ctx, visit)
  return decided(ctx, visit, () =>
    approve(
      ctx,
      facts.id,
      {
        refund: amountIn(visit, 'refund', facts.refund),
        giftCard: amountIn(visit, 'giftCard', facts.giftCard),
        word: wordIn(visit),
      },
      visit.actor,
    ),
  )
})

export const refusalForm = submission(`${PATH}/refusal`, LEADS, (ctx, visit) =>
  decided(ctx, visit, async () => {
    const word = wordIn(visit)
    if (word === '') throw new DeskError('invalid_request', 'Say why, in a word to the agent.')
    await decline(ctx, idOf(visit), word, visit.actor)
  }),
)

/** Back to the page, which says what happens next; what was refused is shown again with what was typed. */
async function decided(ctx: Ctx, visit: Visit, decide: () => Promise<void>): Promise<PageAnswer> {
  try {
    await decide()
  } catch (error) {
    if (!(error instanceof DeskError)) throw error
    const { form } = visit
    const typed = (name: 'refund' | 'giftCard' | 'word') => {
      const text = form.get(name)
      return text === null ? {} : { [name]: text }
    }
    const answer = await shown(ctx, visit, {
      problem: error.message,
      ...typed('refund'),
      ...typed('giftCard'),
      ...typed('word'),
    })
    return { ...answer, status: error.status }
  }
  return { goTo: `/actions/${idOf(visit)}` }
}

async function shown(ctx: Ctx, visit: Visit, typed: Typed) {
  const facts = await factsFor(ctx, visit)
  return { title: `${facts.order}: approval`, body: approvalView(facts, visit, typed) }
}

const idOf = ({ params }: Visit) => params['actionId'] ?? ''
const factsFor = (ctx: Ctx, visit: Visit): Promise<ApprovalFacts> => approvalFacts(ctx, idOf(visit), visit.actor)
const wordIn = ({ form }: Visit) => (form.get('word') ?? '').trim().slice(0, WORD)

/** @throws DeskError invalid_request for what is no amount */
function amountIn({ form }: Visit, name: 'refund' | 'giftCard', most: Money | null): Money | null {
  const text = form.get(name)
  if (text === null || most === null) return null
  const { money, problem } = typedAmount(text, most.currency)
  if (money === null) throw new DeskError('invalid_request', problem)
  return money
}
