import type { Ctx } from '../../context.ts'
import { on } from '../../platform/events.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { webhookNamed, webhookSwitchedOff } from '../webhooks/index.ts'
import { notify } from './notifying.ts'
import { peopleOf } from './recipients.ts'

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
      await notify(ctx, tx, await peopleOf(tx, 'admin'), {
        kind: 'webhook',
        about: `webhook-off/${webhookId}/${webhook.failingSince?.toISOString() ?? ''}`,
        subject: 'A webhook was switched off',
        lines,
        path: `/settings/webhooks/${webhookId}`,
        number: null,
      })
    }),
  ),
]
