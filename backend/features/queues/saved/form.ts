import type { z } from 'zod'
import type { PanelCard, PanelFields } from '../../../../shared/panel.ts'
import { SavedViewInput } from '../../../../shared/queues.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { labelsIn } from '../../tickets/index.ts'
import { showHome, showView } from '../card/showing.ts'
import { savedViewOf } from './finding.ts'
import { emptyFields, fieldsOf, inputOf, type ViewForm, viewFormCard } from './form-card.ts'
import { peopleIn } from './people.ts'
import { leads, presentSaved, type SavedRow } from './rows.ts'
import { drop, saveIn } from './saving.ts'

type Fields = PanelFields['fields']

/** The form of a view. @param viewId the one that is changed; null for a new one */
export const showForm = (ctx: Ctx, viewId: string | null, actor: Actor): Promise<PanelCard> =>
  formCard(ctx, { viewId, typed: {}, problem: null }, actor)

/** Saves what was typed; what is wrong comes back above everything that was typed. */
export async function submitForm(ctx: Ctx, viewId: string | null, typed: Fields, actor: Actor): Promise<PanelCard> {
  const fields = { ...(await fieldsBefore(ctx, viewId, actor)), ...whole(typed) }
  const input = SavedViewInput.safeParse(inputOf(fields))
  if (!input.success) return formCard(ctx, { viewId, typed, problem: sentencesOf(input.error) }, actor)
  const saved = await savedOr(ctx, viewId, input.data, actor)
  if ('problem' in saved) return formCard(ctx, { viewId, typed, problem: saved.problem }, actor)
  return { ...(await showView(ctx, { view: 'saved', of: saved.id }, actor)), say: `«${saved.name}» is saved` }
}

/** A refusal is an answer of the same transaction: the press was heard, and nothing was written. */
const savedOr = (
  ctx: Ctx,
  viewId: string | null,
  input: SavedViewInput,
  actor: Actor,
): Promise<SavedRow | { problem: string }> =>
  inWorkspace(ctx, actor.workspaceId, (tx) =>
    saveIn(ctx, tx, { id: viewId, input }, actor).catch((error: unknown) => {
      if (!(error instanceof DeskError) || error.code === 'not_found') throw error
      return { problem: error.message }
    }),
  )

/** Deletes it and shows the homepage. */
export async function deleteFromForm(ctx: Ctx, viewId: string, actor: Actor): Promise<PanelCard> {
  await drop(ctx, viewId, actor)
  return { ...(await showHome(ctx, actor)), say: 'The view is deleted' }
}

/** A text that is not empty always comes along: where the name came and tags did not, these were emptied. */
const whole = (typed: Fields): Fields => (Object.hasOwn(typed, 'name') ? { tags: [], ...typed } : typed)

const sentencesOf = (error: z.ZodError): string => [...new Set(error.issues.map(({ message }) => message))].join(' ')

const fieldsBefore = async (ctx: Ctx, viewId: string | null, actor: Actor): Promise<Fields> =>
  viewId === null
    ? emptyFields()
    : inWorkspace(
        ctx,
        actor.workspaceId,
        async (tx) => fieldsOf(presentSaved(await savedViewOf(tx, viewId, actor.id), actor)),
        { reads: true },
      )

type Drawn = { viewId: string | null; typed: Fields; problem: string | null }

async function formCard(ctx: Ctx, { viewId, typed, problem }: Drawn, actor: Actor): Promise<PanelCard> {
  const fields = { ...(await fieldsBefore(ctx, viewId, actor)), ...whole(typed) }
  const names = await inWorkspace(ctx, actor.workspaceId, choicesIn, { reads: true })
  return viewFormCard({ viewId, fields, ...names, mayShare: leads(actor), problem })
}

const MOST_MAILBOXES = 90

const choicesIn = async (tx: Tx): Promise<Pick<ViewForm, 'people' | 'mailboxes' | 'categories'>> => ({
  people: await peopleIn(tx),
  mailboxes: await tx.mailbox.findMany({
    where: { workspaceId: tx.workspaceId },
    orderBy: { address: 'asc' },
    take: MOST_MAILBOXES,
    select: { id: true, address: true },
  }),
  categories: await labelsIn(tx),
})
