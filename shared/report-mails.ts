/** Which days a report that is mailed tells of, counted from the day on which it is due. */
export const MAIL_PERIODS = {
  yesterday: 'Yesterday',
  'last-7-days': 'The last 7 days',
  'last-28-days': 'The last 28 days',
  'last-week': 'Last week, Monday to Sunday',
  'last-month': 'Last month',
} as const
export type MailPeriod = keyof typeof MAIL_PERIODS

export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const
