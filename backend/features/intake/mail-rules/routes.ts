import {
  addContactForm,
  addMailRule,
  getAutomaticAnswers,
  listContactForms,
  listMailRules,
  moveMailRule,
  removeContactForm,
  removeMailRule,
  tryMailRule,
  writeAutomaticAnswers,
  writeMailRule,
} from '../../../../shared/mail-rules.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { type Route, route } from '../../../platform/route.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { readBrake, writeBrake } from './brake.ts'
import { addForm, listForms, removeForm } from './contact-forms.ts'
import { listRules } from './listing.ts'
import { tryRule } from './trying-rules.ts'
import { addRule, moveRule, removeRule, writeRule } from './writing.ts'

const reading = <T>(ctx: Ctx, { workspaceId }: Actor, read: (tx: Tx) => Promise<T>): Promise<T> =>
  inWorkspace(ctx, workspaceId, read, { reads: true })

export const mailRuleRoutes: readonly Route<Ctx>[] = [
  route(listMailRules, (ctx: Ctx, { actor }) => reading(ctx, actor, listRules)),
  route(addMailRule, async (ctx: Ctx, { body, actor }) => {
    await addRule(ctx, body, actor)
    return reading(ctx, actor, listRules)
  }),
  route(writeMailRule, async (ctx: Ctx, { params, body, actor }) => {
    await writeRule(ctx, params.mailRuleId, body, actor)
    return reading(ctx, actor, listRules)
  }),
  route(moveMailRule, async (ctx: Ctx, { params, body, actor }) => {
    await moveRule(ctx, params.mailRuleId, body, actor)
    return reading(ctx, actor, listRules)
  }),
  route(removeMailRule, async (ctx: Ctx, { params, body, actor }) => {
    await removeRule(ctx, params.mailRuleId, body, actor)
    return reading(ctx, actor, listRules)
  }),
  route(tryMailRule, (ctx: Ctx, { body, actor }) => tryRule(ctx, body, actor)),
  route(listContactForms, async (ctx: Ctx, { actor }) => ({ items: await reading(ctx, actor, listForms) })),
  route(addContactForm, async (ctx: Ctx, { body, actor }) => ({ added: await addForm(ctx, body.sender, actor) })),
  route(removeContactForm, async (ctx: Ctx, { body, actor }) => ({
    removed: await removeForm(ctx, body.sender, actor),
  })),
  route(getAutomaticAnswers, (ctx: Ctx, { actor }) => reading(ctx, actor, readBrake)),
  route(writeAutomaticAnswers, async (ctx: Ctx, { body, actor }) => {
    await writeBrake(ctx, body, actor)
    return reading(ctx, actor, readBrake)
  }),
]
