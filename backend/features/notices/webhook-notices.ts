import type { Ctx } from '../../context.ts'
import { on } from '../../platform/events.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { webhookNamed, webhookSwitchedOff } from '../webhooks/index.ts'
import { noticeText } from './notice-text.ts'
import { peopleOf } from './recipients.ts'
import { notify } from './sending.ts'

const WHY = {
  dead: 'Nothing came through for three days.',
  gone: 'Its receiver says that it is gone for good (410).',
} as const

/** Admins learn that another program hears nothing any more. */
export const webhookNotices = [
  on(webhookSwitchedOff, 'notices:webhook-switched-off', (ctx: Ctx, workspaceId, { webhookId, reason }) =>
    inWorkspace(ctx, workspaceId, async (tx) => {
      const webhook = await webhookNamed(tx, webhookId)
      if (webhook?.state !== 'failed') return
      const lines = [
        `The webhook «${webhook.name}» was switched off. ${WHY[reason]}`,
        'Have its receiver repaired, then switch it on again. What did not come through can be sent again there for 30 days.',
      ]
      const link = `${ctx.config.http.pagesUrl}/settings/webhooks/${webhookId}`
      const about = `webhook-off/${webhookId}/${webhook.failingSince?.toISOString() ?? ''}`
      const notice = noticeText(about, 'A webhook was switched off', lines, link)
      await notify(ctx, tx, await peopleOf(tx, 'admin'), notice)
    }),
  ),
]
