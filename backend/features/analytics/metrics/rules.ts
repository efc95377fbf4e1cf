/** Sentences of the rules that many metrics share. */

export const COUNTED_ONCE = 'A ticket that is opened again does not count again.'

export const MERGED_AWAY = 'A ticket that was merged into another one does not count; the other one does.'

export const TOGETHER = 'What was said on merged tickets counts for the ticket that goes on.'

export const PEOPLE_ONLY = 'What the desk sends by itself is no answer.'

export const BY_ITSELF =
  'History from before the go-live counts where an admin chose to count it, at the time at which it happened.'

export const ANY_HOUR = 'Counts at any hour.'

export const CALENDAR = 'Every minute counts, also at night and on weekends.'

export const OPEN_HOURS = 'Only open hours count, by the hours of today; no figure while no hours are set.'
