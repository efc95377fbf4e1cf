import { Router } from 'express'
import { z } from 'zod'
import { agentOf, type Ground, NotHere } from '../ground.ts'

const Opening = z.object({
  agent: z.string(),
  hostApp: z.enum(['GMAIL', 'SHEETS']).default('GMAIL'),
  phone: z.boolean().default(false),
  /** The open spreadsheet, in Sheets. */
  spreadsheet: z.string().optional(),
  /** The open mail by its id in this agent's mailbox; null for the homepage. */
  message: z.object({ messageId: z.string(), threadId: z.string() }).nullable(),
  /** Forgets what was shown, as a freshly opened browser tab would. */
  anew: z.boolean().default(false),
})

const Composing = z.object({
  agent: z.string(),
  to: z.array(z.string()),
  cc: z.array(z.string()),
  bcc: z.array(z.string()),
})

/** The panel changes when its user does something, and at no other time: there is no push and no polling here. */
export function panelRoutes(ground: Ground): Router {
  const router = Router()
  const { panels } = ground

  router.post('/panels/:key/opening', async (request, response) => {
    const { agent, hostApp, phone, spreadsheet, message, anew } = Opening.parse(request.body)
    const known = anew ? undefined : panels.get(request.params.key)
    const { user } = agentOf(ground, agent)
    const panel = known ?? panels.start(request.params.key, { user, hostApp, phone, spreadsheet })
    const answer = message ? panel.openMessage(message) : known ? panel.leaveMessage() : panel.openHomepage()
    response.json(panels.reachable(await answer))
  })

  router.post('/panels/:key/composing', async (request, response) => {
    const { agent, ...recipients } = Composing.parse(request.body)
    const panel = panels.start(request.params.key, {
      user: agentOf(ground, agent).user,
      hostApp: 'GMAIL',
      phone: false,
    })
    response.json(panels.reachable(await panel.openCompose(recipients)))
  })

  router.post('/panels/:key', async (request, response) => {
    const panel = panels.get(request.params.key)
    if (!panel) throw new NotHere('This panel was closed. Start it anew.')
    response.json(panels.reachable(await panel.handle(request.body)))
  })

  router.get('/pictures/*path', async (request, response) => {
    const path = request.originalUrl.slice('/pictures'.length)
    const answer = await fetch(ground.options.backend.local + path)
    const type = answer.headers.get('content-type') ?? ''
    if (!answer.ok || !type.startsWith('image/')) throw new NotHere('There is no such picture.')
    response.type(type).send(Buffer.from(await answer.arrayBuffer()))
  })

  router.get('/shop-pictures/:file', (request, response) => {
    const picture = ground.options.pictures.named(request.params.file)
    if (!picture) throw new NotHere('There is no such picture.')
    response.type('png').send(picture)
  })

  return router
}
