import { pollMailboxes } from '../../backend/features/intake/index.ts'
import { enqueue } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import type { Desk } from './desk.ts'

/** The archive mailbox that the desk reads, and what became of each of its mails. */
export const archiveOf = (desk: Desk) => {
  const { ctx, workspaceId } = desk

  /** How every mail of the archive ended, by Gmail id. */
  async function endings() {
    const rows = await inWorkspace(ctx, workspaceId, (tx) => tx.mailboxMail.findMany({ where: { workspaceId } }), {
      reads: true,
    })
    return new Map(
      rows.map(({ gmailId, state, outcome, reason, historical }) => [gmailId, { state, outcome, reason, historical }]),
    )
  }

  return {
    endings,
    endingOf: async (gmailId: string) => (await endings()).get(gmailId),
    /** The Gmail id that a mail has there. */
    idOf: (delivered: { copies: { mailbox: string; id: string }[] }): string =>
      delivered.copies.find(({ mailbox }) => mailbox.startsWith('archive@'))?.id ?? '',
    /** What the schedule does every minute. */
    async poll(): Promise<void> {
      await inWorkspace(ctx, workspaceId, (tx) => enqueue(tx, pollMailboxes, {}))
      await desk.settle()
    },
    mailbox: () =>
      inWorkspace(ctx, workspaceId, (tx) => tx.mailbox.findFirstOrThrow({ where: { workspaceId } }), { reads: true }),
  }
}
