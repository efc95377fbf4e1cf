import type { StaffRole } from '../../../shared/roles.ts'
import type { Ctx } from '../../context.ts'
import { on } from '../../platform/events.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { shopReconciled } from '../finance/index.ts'
import { certificateWords, mailboxAccessLost, mailboxCertified } from '../intake/index.ts'
import { workEnded } from '../workforce/index.ts'
import { notify } from './notifying.ts'
import { everybodyWho, peopleOf } from './recipients.ts'

/** What whoever answers for a team or for the books may want to know of. */
export const leadNotices = [
  on(workEnded, 'notices:log-out-forgotten', (ctx: Ctx, workspaceId, { staffId, sessionId, how }) =>
    how !== 'forgotten'
      ? Promise.resolve()
      : inWorkspace(ctx, workspaceId, async (tx) => {
          const name = await nameOf(tx, staffId)
          await notify(ctx, tx, await peopleOf(tx, 'supervisor'), {
            kind: 'forgotten',
            about: `forgotten/${sessionId}`,
            subject: `${name} forgot to log out`,
            lines: [
              `${name} did not log out. Their time of work was closed by itself, as of the end of the shift or of the longest log-in.`,
              'Correct it where that is wrong.',
            ],
            path: `/desk/team/${staffId}`,
            number: null,
          })
        }),
  ),

  on(
    shopReconciled,
    'notices:shop-reconciled',
    (ctx: Ctx, workspaceId, { shopId, reconciliationId, compared, differences }) =>
      inWorkspace(ctx, workspaceId, async (tx) => {
        const shop = await shopNamed(tx, shopId)
        const told = {
          kind: 'certificate',
          about: `reconciled/${reconciliationId}`,
          subject: differences === 0 ? `${shop}: the books agree` : `${shop}: the books differ in ${differences}`,
          lines: [
            `${compared} steps of actions in ${shop} were compared with the books of Sidedesk.`,
            differences === 0 ? 'They agree.' : `${differences} of them stand differently in the two.`,
          ],
          number: null,
        } as const
        const who = (roles: readonly StaffRole[]) => everybodyWho(tx, roles)
        await notify(ctx, tx, await who(['finance', 'admin']), { ...told, path: `/finance/shops/${shopId}` })
        await notify(ctx, tx, await who(['supervisor']), { ...told, path: '/desk' })
      }),
  ),
  on(mailboxAccessLost, 'notices:mailbox-lost', (ctx: Ctx, workspaceId, { mailboxId }) =>
    inWorkspace(ctx, workspaceId, async (tx) => {
      const where = { workspaceId_id: { workspaceId, id: mailboxId } }
      const select = { archiveAddress: true, problem: true, state: true, lostAt: true } as const
      const { archiveAddress, problem, state, lostAt } = await tx.mailbox.findUniqueOrThrow({ where, select })
      if (state !== 'needs_access') return // it was granted again meanwhile
      await notify(ctx, tx, await everybodyWho(tx, ['supervisor', 'admin']), {
        kind: 'mailbox',
        about: `mailbox-lost/${mailboxId}/${lostAt?.toISOString()}`,
        subject: `${archiveAddress} cannot be read any more`,
        lines: [
          problem ?? 'Google refuses the access.',
          'Nothing is lost: its mail waits in Gmail until it is read again.',
        ],
        path: '/settings/mailboxes',
        number: null,
      })
    }),
  ),
  on(mailboxCertified, 'notices:mailbox-certified', (ctx: Ctx, workspaceId, { mailboxId, certificateId, ...count }) =>
    inWorkspace(ctx, workspaceId, async (tx) => {
      const where = { workspaceId_id: { workspaceId, id: mailboxId } }
      const { address } = await tx.mailbox.findUniqueOrThrow({ where, select: { address: true } })
      const isWhole = count.late === 0 && count.unended === 0 && count.missing === 0
      await notify(ctx, tx, await everybodyWho(tx, ['supervisor', 'admin']), {
        kind: isWhole ? 'certificate' : 'missing',
        about: `certified/${certificateId}`,
        subject: isWhole
          ? `${address}: every mail is here`
          : count.missing > 0
            ? `${address}: mails are missing`
            : `${address}: mails were late`,
        lines: [`Counted for ${address}: ${certificateWords(count)}.`],
        path: `/settings/counted-mail/${certificateId}`,
        number: null,
      })
    }),
  ),
]

async function nameOf(tx: Tx, id: string): Promise<string> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id } }
  return (await tx.staff.findUnique({ where, select: { name: true } }))?.name ?? 'A former colleague'
}

async function shopNamed(tx: Tx, id: string): Promise<string> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id } }
  return (await tx.shop.findUnique({ where, select: { name: true } }))?.name ?? 'A shop'
}
