import { LEADS } from '../../../../shared/roles.ts'
import {
  addLeave,
  addShiftTemplate,
  answerShiftSwap,
  decideShiftSwap,
  editShiftTemplate,
  endTemplateUse,
  exportShifts as exportEndpoint,
  getAdherence,
  getOwnAdherence,
  giveShiftTemplate,
  importShifts,
  listLeave,
  listShiftSwaps,
  listShifts,
  listShiftTemplates,
  offerShift as offerEndpoint,
  planDayByTemplate,
  planDay as planEndpoint,
  previewShiftImport,
  removeLeave,
  withdrawShiftSwap,
} from '../../../../shared/shifts.ts'
import type { Ctx } from '../../../context.ts'
import { route } from '../../../platform/route.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { adherenceOfPerson, listAdherence } from '../adherence/listing.ts'
import { exportShifts } from '../files/exporting.ts'
import { previewFile, saveFile } from '../files/importing.ts'
import { personOf } from '../people.ts'
import { answerSwap, withdrawSwap } from '../swaps/answering.ts'
import { decideSwap } from '../swaps/approving.ts'
import { offerShift } from '../swaps/offering.ts'
import { endUse, giveTemplate } from './giving-templates.ts'
import { addLeave as add, removeLeave as remove } from './leaves.ts'
import { listLeaveIn, listShiftsIn, listSwapsIn } from './listing.ts'
import { planByTemplate, planDay } from './planning-days.ts'
import { addTemplate, editTemplate, templatesIn } from './templates.ts'

const READS = { reads: true }

export const shiftRoutes = [
  route(listShiftTemplates, async (ctx: Ctx, { actor }) => ({
    items: await inWorkspace(ctx, actor.workspaceId, templatesIn, READS),
  })),
  route(addShiftTemplate, (ctx: Ctx, { body, actor }) => addTemplate(ctx, body, actor)),
  route(editShiftTemplate, (ctx: Ctx, { params, body, actor }) => editTemplate(ctx, params.templateId, body, actor)),
  route(giveShiftTemplate, (ctx: Ctx, { params, body, actor }) => giveTemplate(ctx, params.templateId, body, actor)),
  route(endTemplateUse, async (ctx: Ctx, { params, body, actor }) => ({
    items: await endUse(ctx, params.useId, body.to, actor),
  })),
  route(listShifts, (ctx: Ctx, { query, actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) => listShiftsIn(ctx, tx, query), READS),
  ),
  route(planEndpoint, async (ctx: Ctx, { params, body, actor }) => ({
    items: await planDay(ctx, params, body.hours, personOf(actor)),
  })),
  route(planDayByTemplate, async (ctx: Ctx, { params, actor }) => ({
    items: await planByTemplate(ctx, params, personOf(actor)),
  })),
  route(listLeave, (ctx: Ctx, { query, actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) => listLeaveIn(ctx, tx, query), READS),
  ),
  route(addLeave, (ctx: Ctx, { body, actor }) => add(ctx, body, personOf(actor))),
  route(removeLeave, async (ctx: Ctx, { params, actor }) => {
    await remove(ctx, params.leaveId, personOf(actor))
    return { removed: true }
  }),
  route(listShiftSwaps, (ctx: Ctx, { query: { open, ...query }, actor }) => {
    const { id, role } = personOf(actor)
    const of = LEADS.some((lead) => lead === role) ? null : id
    return inWorkspace(
      ctx,
      actor.workspaceId,
      (tx) => listSwapsIn(ctx, tx, { ...query, of, open: open === 'true' }),
      READS,
    )
  }),
  route(offerEndpoint, (ctx: Ctx, { body, actor }) => offerShift(ctx, body, personOf(actor))),
  route(answerShiftSwap, (ctx: Ctx, { params, body, actor }) =>
    answerSwap(ctx, params.swapId, body.agrees, personOf(actor)),
  ),
  route(withdrawShiftSwap, (ctx: Ctx, { params, actor }) => withdrawSwap(ctx, params.swapId, personOf(actor))),
  route(decideShiftSwap, (ctx: Ctx, { params, body, actor }) =>
    decideSwap(ctx, params.swapId, body.approved, personOf(actor)),
  ),
  route(previewShiftImport, (ctx: Ctx, { body, actor }) => previewFile(ctx, body.csv, personOf(actor))),
  route(importShifts, (ctx: Ctx, { body, actor }) => saveFile(ctx, body.csv, personOf(actor))),
  route(exportEndpoint, (ctx: Ctx, { query, actor }) => exportShifts(ctx, query, personOf(actor))),
  route(getOwnAdherence, (ctx: Ctx, { query, actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) => adherenceOfPerson(tx, personOf(actor).id, query), READS),
  ),
  route(getAdherence, (ctx: Ctx, { query, actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) => listAdherence(ctx, tx, query), READS),
  ),
]
