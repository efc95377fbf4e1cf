/** Sentences of the rules that many metrics share. */

export const COUNTED_ONCE = 'A ticket that is opened again does not count again.'

export const EVERY_MAIL = 'Every mail counts, also those on a ticket that was opened again.'

export const MERGED_AWAY = 'A ticket that was merged into another one does not count; the other one does.'

export const TOGETHER = 'What was said on merged tickets counts for the ticket that goes on.'

export const PEOPLE_ONLY = 'What the desk sends by itself is no answer.'

export const BY_ITSELF =
  'History from before the go-live counts where an admin chose to count it, at the time at which it happened.'

export const ANY_HOUR = 'Counts at any hour.'

export const CALENDAR = 'Every minute counts, also at night and on weekends.'

export const OPEN_HOURS = 'Only open hours count, by the hours of today; no figure while no hours are set.'

export const NO_TICKET = 'Has nothing to do with tickets.'

export const NO_HISTORY = 'There is none from before the go-live.'

export const NOT_WRITTEN = 'Counts at any hour, also outside of open hours.'

export const NO_RATINGS = 'No data yet: Sidedesk does not ask customers for ratings, so there is nothing to count.'

export const ACTION_TICKETS =
  'Counts for the ticket that it was done on. It counts also when that ticket was marked as spam or merged later: the shop has done it.'

export const NOT_TAKEN_BACK =
  'What was undone before anything left, and what a second person declined, does not count; until then it does. What stands still or was stopped counts.'

export const CONFIRMED_HERE = 'Only actions that were confirmed in Sidedesk count.'

export const FROM_SHOPIFY = 'Counts as far back as orders were loaded from the shop, at the time that Shopify tells.'

export const IMPORTED_CARDS = 'Cards whose history was imported count, at the time at which they were issued.'
