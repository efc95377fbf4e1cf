import { z } from 'zod'
import type { NoticeKind } from '../../../../shared/notices.ts'
import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { workspacesWhere } from '../../../platform/among.ts'
import { on } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { enqueueAll, job } from '../../../platform/jobs.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { zoneOf } from '../../settings/index.ts'
import { workBegan } from '../../workforce/index.ts'
import { planMails } from '../mailing.ts'
import { digestMail } from './digest-mail.ts'
import { digestsOf, dueSql, takeSql } from './due.ts'
import { openWaiting } from './waiting.ts'

type Taken = {
  id: string
  kind: NoticeKind
  content: Uint8Array
  createdAt: Date
  email: string
  waits: 'quiet' | 'digest'
}

/** One mail with everything that waited for somebody and is due. It is taken out of waiting with the mail: none comes twice. */
export const sendDigest = job('notices:digest', z.object({ staffId: z.uuid() }), (ctx: Ctx, workspaceId, { staffId }) =>
  inWorkspace(ctx, workspaceId, (tx) => digest(ctx, tx, staffId)),
)

async function digest(ctx: Ctx, tx: Tx, staffId: string): Promise<void> {
  const taken = await tx.$queryRaw<Taken[]>(takeSql(tx, staffId, await digestsOf(tx)))
  const [first] = taken
  if (!first) return
  const box = await ctx.keyring.box(tx)
  const items = taken
    .toSorted((one, other) => one.createdAt.getTime() - other.createdAt.getTime())
    .map(({ id, kind, content, createdAt: at, waits }) => ({ kind, at, waits, ...openWaiting(box, id, content) }))
  const mail = digestMail(ctx, items, await zoneOf(tx))
  await planMails(tx, box, [{ noticeId: newId(tx.now), staffId, email: first.email }], mail)
}

/** The hour of a digest has come, a shift has begun, or somebody wants to be left alone no more. */
export const sendDigests = job('notices:digests', z.object({}), (ctx: Ctx, workspaceId) =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const due = await tx.$queryRaw<{ staffId: string }[]>(dueSql(tx, await digestsOf(tx)))
    const { name, maxAttempts } = sendDigest
    await enqueueAll(
      tx,
      due.map(({ staffId }) => ({ job: name, payload: { staffId }, key: `digest:${staffId}`, maxAttempts })),
    )
  }),
)

export const withWaiting = workspacesWhere(
  (workspaceId) =>
    Prisma.sql`exists (select from desk.notice n where n.workspace_id = ${workspaceId} and n.waits is not null)`,
)

/** Whoever logs in is told what came meanwhile, at once. */
export const digestAtLogIn = on(workBegan, 'notices:work-began', (ctx: Ctx, workspaceId, { staffId }) =>
  inWorkspace(ctx, workspaceId, (tx) => digest(ctx, tx, staffId)),
)
