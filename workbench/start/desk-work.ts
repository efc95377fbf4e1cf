import type { Google } from '../emulators/google/google.ts'
import { type DeskWork, deskWork } from '../scenarios/desk-work.ts'
import { SHOP } from '../scenarios/fern-and-fig.ts'
import type { RunningBackend } from './backend.ts'
import { callAs } from './desk-api.ts'

interface Ticket {
  id: string
  subject: string
  version: number
  me: { id: string }
}

/** The agents take, tag, note and solve tickets, through the API that their add-on uses. */
export async function workAtTheDesk(google: Google, { url }: RunningBackend): Promise<void> {
  const open = (await callAs(google, mailOf('nora'), `${url}/v1/tickets?view=open&limit=100`, 'GET')) as {
    items: Ticket[]
  }
  for (const work of deskWork) {
    const found = open.items.find(({ subject }) => subject === work.subject)
    if (!found) throw new Error(`No open ticket is called "${work.subject}"`)
    await doWork(google, `${url}/v1/tickets/${found.id}`, work)
  }
}

async function doWork(google: Google, ticketUrl: string, work: DeskWork): Promise<void> {
  const me = mailOf(work.by)
  let ticket = (await callAs(google, me, ticketUrl, 'GET')) as Ticket
  const write = async (method: 'PUT' | 'POST', path: string, body: object) => {
    ticket = (await callAs(google, me, `${ticketUrl}/${path}`, method, { ...body, version: ticket.version })) as Ticket
  }
  if (work.take) await write('PUT', 'assignment', { assigneeId: ticket.me.id })
  if (work.priority) await write('PUT', 'priority', { priority: work.priority })
  if (work.tags) await write('PUT', 'tags', { add: work.tags })
  if (work.note) await write('POST', 'notes', { text: work.note })
  if (work.status) await write('PUT', 'status', { status: work.status })
  if (work.voided) await write('POST', 'voiding', { reason: work.voided })
}

const mailOf = (handle: string) => `${handle}@${SHOP.domain}`
