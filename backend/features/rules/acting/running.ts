import type { RuleOutcome } from '../../../../shared/rules.ts'
import type { Ctx } from '../../../context.ts'
import { ruleActor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { partly } from '../../../platform/savepoint.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { withheld } from '../../settings/index.ts'
import { causedBy } from '../chains.ts'
import { pauseRule } from '../definitions/pausing.ts'
import type { RuleRow } from '../definitions/rows.ts'
import { missingIn, namesTargets, type Targets, targetsIn } from '../definitions/targets.ts'
import { actWords } from '../definitions/words.ts'
import { ruleApplied } from '../events.ts'
import type { Facts } from '../judging/facts.ts'
import { codeOf, type Doing, doAct, isSo } from './acts.ts'
import { stopFor } from './guard.ts'
import type { Cause } from './trying.ts'

type Run = { rule: RuleRow; cause: Cause; facts: Facts }

const NOBODY: Targets = { people: new Map(), mailboxes: new Map(), replies: new Map(), categories: new Set() }

/** Runs a rule whose conditions hold, and writes down what came of it. @returns whether it changed the ticket */
export async function runRule(ctx: Ctx, tx: Tx, { rule, cause, facts }: Run): Promise<boolean> {
  const { ticketId } = facts
  if (cause.depth > 0 && rule.definition.acts.every((act) => isSo(act, facts))) return false // nothing to stop
  const runId = newId(tx.now)
  const end = (outcome: RuleOutcome, words: readonly string[]) =>
    keepRun(tx, { id: runId, ruleId: rule.id, causeId: cause.id, rootId: cause.rootId, ticketId, outcome, words })
  const stop = await stopFor(tx, rule.id, cause, ticketId)
  if (stop !== null) {
    if (stop.words !== null) await end('stopped', [stop.words])
    return false
  }
  const targets = namesTargets(rule.definition) ? await targetsIn(tx) : NOBODY
  const missing = missingIn(rule.definition, targets)
  if (missing !== null) {
    await pauseRule(ctx, tx, rule, missing)
    await end('failed', [missing, 'The rule is paused.'])
    return false
  }
  const by = ruleActor(tx.workspaceId, { id: rule.id, name: rule.definition.name })
  const done = await causedBy(tx, { rootId: cause.rootId, depth: cause.depth + 1, ran: [...cause.ran, rule.id] }, () =>
    actAll({ ctx, tx, facts, runId, by }, rule.definition.acts, targets),
  )
  const changed = done.codes.length > 0
  await end(changed ? 'applied' : done.refused ? 'failed' : 'unchanged', done.words)
  if (changed) await record(tx, [ruleApplied({ ticketId, ruleId: rule.id, runId, acts: done.codes.join(','), by })])
  return changed
}

type Done = { codes: string[]; words: string[]; refused: boolean }

/** One act that is refused leaves the others standing. */
async function actAll(doing: Doing, acts: RuleRow['definition']['acts'], targets: Targets): Promise<Done> {
  const done: Done = { codes: [], words: [], refused: false }
  for (const act of acts) {
    const words = actWords(act, targets)
    try {
      const changed = await partly(doing.tx, () => doAct(doing, act))
      done.words.push(changed ? words : `${words}: it was so already`)
      if (changed) done.codes.push(codeOf(act))
    } catch (error) {
      if (!(error instanceof DeskError)) throw error
      done.words.push(`${words}: not done. ${error.message}`)
      done.refused = true
      if (error.code === 'in_shadow') await withheld(doing.tx, 'automatic_reply', 1)
    }
  }
  return done
}

type Kept = {
  id: string
  ruleId: string
  causeId: string
  rootId: string
  ticketId: string
  outcome: RuleOutcome
  words: readonly string[]
}

const keepRun = (tx: Tx, { words, ...run }: Kept) =>
  tx.ruleRun.create({
    data: { ...run, words: [...words], workspaceId: tx.workspaceId, at: tx.now },
    select: { id: true },
  })
