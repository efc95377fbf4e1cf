import { Router } from 'express'
import { simpleParser } from 'mailparser'
import { CustomerMail } from '../customers.ts'
import type { Ground } from '../ground.ts'
import { answerChoices, customerDialog } from '../views/customer-form.ts'
import { framePage } from '../views/frame.ts'
import { fragment, page } from '../views/html.ts'
import { outsidePage, type ReceivedView } from '../views/outside.ts'
import { frameFor } from './pages.ts'

/** The other side of the counter: what customers write and what reached them. */
export function customerRoutes(ground: Ground): Router {
  const router = Router()
  const { customers } = ground
  const { shop, clock } = ground.options

  router.get('/customers/form', (_, response) => {
    response.send(fragment(customerDialog(customers.list(), shop.support)))
  })

  router.get('/customers/:email/choices', async (request, response) => {
    response.send(
      fragment(answerChoices(await customers.correspondence(request.params.email), shop.support, clock.now())),
    )
  })

  router.post('/customers/mails', async (request, response) => {
    response.status(201).json(await customers.write(CustomerMail.parse(request.body)))
  })

  router.get(['/outside', '/outside/:email'], async (request, response) => {
    const chosen = request.params['email']
    const mails = typeof chosen === 'string' ? await receivedBy(ground, chosen) : []
    const known = customers.list().sort((one, other) => other.received - one.received)
    const frame = frameFor(ground, { place: 'outside', title: 'What customers received' })
    response.send(page(framePage(frame, outsidePage(known, typeof chosen === 'string' ? chosen : undefined, mails))))
  })

  return router
}

const receivedBy = ({ customers }: Ground, email: string): Promise<ReceivedView[]> =>
  Promise.all(
    customers.received(email).map(async ({ id, from, subject, text, at, messageId }) => {
      const { to, replyTo } = await simpleParser(customers.rawOf(email, id) ?? Buffer.alloc(0))
      return {
        id,
        from,
        subject,
        text,
        at,
        messageId,
        to: [to ?? []]
          .flat()
          .map((one) => one.text)
          .join(', '),
        replyTo: replyTo?.text ?? '',
      }
    }),
  )
