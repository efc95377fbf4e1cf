import { Prisma } from '../../../generated/prisma/client.ts'
import { button, buttons, plain, present, section } from '../../../platform/panel.ts'
import { type CardPart, cardPart, changeOf, whyNot } from '../../tickets/index.ts'

/** Says that the customer only thanked, and takes it back when that is wrong. */
export const thanksPart: CardPart = cardPart<string | null>({
  name: 'thanks',
  sql: () => Prisma.sql`to_json(t.thanks_at)`,
  present(_ctx, _scene, thanksAt, ticket) {
    if (thanksAt === null) return []
    const off = whyNot(ticket)
    const press = (path: string, say: string) =>
      changeOf(ticket, { method: 'POST', path: `thanks/${path}`, body: {}, takes: [], say })
    return present(
      section(
        null,
        plain('The customer only says thanks: nothing is owed.'),
        buttons(
          button('Seen', press('seen', 'Seen'), { off }),
          button('This needs an answer', press('answer-needed', 'The ticket is open'), { off }),
        ),
      ),
    )
  },
})
