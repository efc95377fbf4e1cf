import { enqueue } from '../../backend/platform/jobs.ts'
import { inWorkspace, type Tx } from '../../backend/platform/tenancy.ts'
import { type FileSettings, writeFileSettings } from '../../shared/files.ts'
import { getTicket, listTickets } from '../../shared/tickets.ts'
import { type Desk, SUPPORT } from './desk.ts'

export const USUAL_FILES: FileSettings = {
  fileBytes: 20_000_000,
  mailBytes: 30_000_000,
  filesPerMail: 20,
  openUnscanned: true,
}

type Attached = { filename: string; content: Buffer; contentType?: string }

/** Mails with files, and what became of these. @param desk the one of a story that has begun */
export function filesHands(desk: () => Desk) {
  let people = 0
  const here = (url: string | undefined) => (url ?? '').replace('https://desk.example', desk().url)
  const inDesk = <T>(work: (tx: Tx) => Promise<T>) => inWorkspace(desk().ctx, desk().workspaceId, work)

  async function ticketAbout(subject: string) {
    const { items } = await desk()
      .as('nora')
      .call(listTickets, { query: { view: 'open', limit: 100 } })
    const found = items.find((item) => item.subject === subject)
    const ticket = await desk()
      .as('nora')
      .call(getTicket, { params: { ticketId: found?.id ?? '' } })
    return { ticket, files: ticket.messages.flatMap(({ attachments }) => attachments) }
  }

  return {
    here,
    inDesk,
    ticketAbout,
    setFiles: (settings: FileSettings) => desk().as('ada').call(writeFileSettings, { body: settings }),
    /** A customer's mail, read and filed. */
    async wrote(attachments: Attached[], subject = `Files ${++people}`) {
      const files = attachments.map((file) => ({ contentType: 'application/octet-stream', ...file }))
      await desk().google.customers.write({
        from: `f${++people}@home.example`,
        to: SUPPORT,
        subject,
        text: 'See.',
        attachments: files,
      })
      await desk().settle()
      return ticketAbout(subject)
    },
    opened: async (url: string | undefined) => Buffer.from(await (await fetch(here(url))).arrayBuffer()),
    /** Names of what lies in the store. */
    async objects(): Promise<string[]> {
      const found: string[] = []
      for await (const { name } of desk().ctx.objects.list(desk().workspaceId)) found.push(name)
      return found
    },
    /** One turn of recurring work. */
    async run(work: Parameters<typeof enqueue>[1]): Promise<void> {
      await inDesk((tx) => enqueue(tx, work, {}))
      await desk().settle()
    },
  }
}
