import type { StepKind } from '../../../../shared/combined-actions.ts'
import type { Ctx } from '../../../context.ts'
import type { Effect } from '../../../platform/journal.ts'
import { cancelling } from './cancelling.ts'
import { holding } from './holding.ts'
import { issuing } from './issuing.ts'
import { refunding } from './refunding.ts'
import { releasing } from './releasing.ts'
import { reshipping } from './reshipping.ts'
import type { StepResult } from './results.ts'
import type { StepEntry } from './step.ts'
import { tagging } from './tagging.ts'

/** What each step does. */
export const STEPS: { [K in StepKind]: Effect<StepEntry, Extract<StepResult, { kind: K }>, Ctx> } = {
  hold: holding,
  reship: reshipping,
  refund: refunding,
  cancel: cancelling,
  gift_card: issuing,
  tag: tagging,
  release: releasing,
}
