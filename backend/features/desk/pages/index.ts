import type { Page } from '../../settings/index.ts'
import type { Routes } from '../api.ts'
import { cardPages } from './card-page.ts'
import { messagesPage } from './messages-page.ts'
import { orderPages } from './order-pages.ts'
import { queuePages } from './queue-pages.ts'
import { searchPage } from './search-page.ts'
import { ticketPages } from './ticket-page.ts'

/** The desk as pages, for wherever there is no panel. @param routes the API, which their buttons call */
export const deskPages = (routes: Routes): readonly Page[] => [
  ...queuePages,
  ...ticketPages(routes),
  messagesPage(routes),
  ...orderPages(routes),
  ...cardPages(routes),
  searchPage(routes),
]
