import { v5 } from 'uuid'
import type { Ctx } from '../../../context.ts'
import { systemOf } from '../../../platform/actor.ts'
import { planAll } from '../../../platform/journal.ts'
import type { Box } from '../../../platform/keyring.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { type Mail, mailOf, type Notice, pushText } from '../notice.ts'
import { enqueuePushes, PUSH_KIND, type PushRequest } from './pushing.ts'

type Person = { noticeId: string; staffId: string; email: string; mail: boolean }

/** Writes down one push for each browser of these people, to be sent by jobs. */
export async function planPushes(ctx: Ctx, tx: Tx, box: Box, people: readonly Person[], notice: Notice): Promise<void> {
  if (people.length === 0) return
  const { workspaceId } = tx
  const browsers = await tx.pushSubscription.findMany({
    where: { workspaceId, staffId: { in: people.map(({ staffId }) => staffId) } },
    select: { id: true, staffId: true },
  })
  const by = systemOf(workspaceId)
  const asMail = mailOf(ctx, workspaceId, notice)
  const entries = people.flatMap((one) => {
    const theirs = browsers.filter(({ staffId }) => staffId === one.staffId)
    const ids = theirs.map(({ id }) => v5(`${one.noticeId}/push/${id}`, workspaceId))
    return theirs.map(({ id: subscriptionId }, at) => {
      const others = ids.filter((_, other) => other !== at)
      const request = requestOf(one, { notice, asMail }, { subscriptionId, others })
      return { kind: PUSH_KIND, id: ids[at] ?? subscriptionId, ticketId: null, by, request }
    })
  })
  await planAll(tx, box, entries)
  await enqueuePushes(
    tx,
    entries.map(({ id }) => id),
  )
}

const requestOf = (
  { noticeId, staffId, email, mail }: Person,
  { notice, asMail }: { notice: Notice; asMail: Mail },
  { subscriptionId, others }: Pick<PushRequest, 'subscriptionId' | 'others'>,
): PushRequest => ({
  subscriptionId,
  staffId,
  noticeId,
  ...pushText(notice),
  path: notice.path,
  others,
  evenOffShift: notice.evenOffShift ?? false,
  instead: mail ? null : { email, ...asMail },
})
