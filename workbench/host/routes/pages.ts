import { Router } from 'express'
import { agentOf, type Ground } from '../ground.ts'
import { bookOf } from '../sheets/workbooks.ts'
import { type Frame, framePage } from '../views/frame.ts'
import { page } from '../views/html.ts'
import { inboxList } from '../views/inbox-list.ts'
import { mailPage } from '../views/mail-page.ts'
import { sheetsPage } from '../views/sheets-page.ts'

/** The pages a person opens. */
export function pageRoutes(ground: Ground): Router {
  const router = Router()

  router.get('/', (_, response) => response.redirect(`/mail/${ground.agents[0]?.handle ?? ''}`))

  router.get('/mail/:agent', async (request, response) => {
    const agent = agentOf(ground, request.params.agent)
    const phone = request.query['width'] === 'phone'
    const inbox = await agent.inbox()
    const frame = frameFor(ground, { place: 'mail', agent: agent.handle, phone, title: `Inbox of ${agent.name}` })
    const addon = ground.options.appsScript.manifest().addOns.common.name
    response.send(page(framePage(frame, mailPage(phone, inboxList(inbox, ground.options.clock.now()), addon))))
  })

  router.get('/sheets/:agent', (request, response) => {
    const agent = agentOf(ground, request.params.agent)
    const { spreadsheets } = ground.options.appsScript
    const book = bookOf(spreadsheets, request.query['file'])
    const frame = frameFor(ground, { place: 'sheets', agent: agent.handle, title: book.name })
    response.send(page(framePage(frame, sheetsPage(spreadsheets.list(), book))))
  })

  return router
}

type Wanted = Pick<Frame, 'place' | 'title'> & Partial<Pick<Frame, 'agent' | 'phone'>>

export const frameFor = ({ agents, options }: Ground, wanted: Wanted): Frame => ({
  phone: false,
  shop: options.shop.name,
  agents: agents.map(({ handle, name, role }) => ({ handle, name, role })),
  api: `${options.backend.local}/docs`,
  ledger: options.ledger.url,
  ...wanted,
})
