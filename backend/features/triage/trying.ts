import type { Verdict } from '../../../shared/triage.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { freshText } from '../intake/index.ts'
import { judgeIn } from './beginning.ts'
import { verdictOn } from './judging.ts'

/** What a mail would be by the keywords of today; nothing is made of it. */
export const tryOut = (
  ctx: Ctx,
  { subject, text }: { subject: string; text: string },
  { workspaceId }: Pick<Actor, 'workspaceId'>,
): Promise<Verdict> =>
  inWorkspace(
    ctx,
    workspaceId,
    async (tx) => {
      const { triageVersion, languages } = await tx.workspace.findUniqueOrThrow({
        where: { workspaceId },
        select: { triageVersion: true, languages: true },
      })
      return verdictOn(await judgeIn(tx, triageVersion, languages), subject, freshText(text))
    },
    { reads: true },
  )
