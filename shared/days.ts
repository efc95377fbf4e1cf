import { z } from 'zod'

const [FIRST, LAST] = ['1900-01-01', '2199-12-31']

/** A day of the calendar, YYYY-MM-DD, of a time in which there are desks: far from it programs and databases count otherwise. */
export const Day = z.iso
  .date('Write a day of the calendar, like 2026-11-23.')
  .refine((day) => FIRST <= day && day <= LAST, 'Write a day from 1900 to 2199, like 2026-11-23.')
