import { YEAR_STAFF } from '../../scenarios/a-year/team.ts'
import { INBOXES } from '../../scenarios/fern-and-fig.ts'

/** What the workbench has to be started with for a year of two hundred thousand tickets, the last 30 days of them in the mailbox, too. */
export const YEAR = {
  cast: { staff: YEAR_STAFF, inboxes: INBOXES, orders: [] },
  year: { tickets: 200_000, mailDays: 30, seed: 20_251_122 },
}
