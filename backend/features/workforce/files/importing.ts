import type { ShiftImport } from '../../../../shared/shifts.ts'
import type { Ctx } from '../../../context.ts'
import type { StaffActor } from '../../../platform/actor.ts'
import { record } from '../../../platform/events.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { shiftsImported } from '../shifts/events.ts'
import { addLeaves } from '../shifts/leaves.ts'
import { lockPlan } from '../shifts/locking.ts'
import { saveDays } from '../shifts/saving-days.ts'
import { type Checked, checkFile } from './checking-file.ts'

/** Lines of a report that are shown. */
const SHOWN = 200

/** What a file would change, without saving it. */
export const previewFile = (ctx: Ctx, csv: string, by: StaffActor): Promise<ShiftImport> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => report(await checkFile(tx, csv), false))

/** Saves a file as a whole; or, while anything in it is wrong, nothing of it. A file that was saved already changes nothing. */
export const saveFile = (ctx: Ctx, csv: string, by: StaffActor): Promise<ShiftImport> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    await lockPlan(tx)
    const checked = await checkFile(tx, csv)
    if (checked.problems.length > 0) return report(checked, false)
    await saveDays(tx, checked.drafts, 'import', by)
    if (checked.leaves.length > 0) await addLeaves(tx, checked.leaves, by)
    const { days, unchanged } = checked
    if (unchanged < days) await record(tx, [shiftsImported({ days, unchanged, by })])
    return report(checked, true)
  })

const report = ({ days, unchanged, problems, changes }: Checked, saved: boolean): ShiftImport => ({
  saved,
  days,
  unchanged,
  problems: problems.slice(0, SHOWN),
  problemCount: problems.length,
  changes: changes.slice(0, SHOWN),
})
