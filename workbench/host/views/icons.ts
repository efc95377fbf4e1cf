import { type Html, html } from './html.ts'

/** Our own line drawings on a 24 by 24 grid. */
const LINES = {
  pen: 'M4 20l1-4L16 5l3 3L8 19l-4 1zM14 7l3 3',
  reply: 'M10 7L4 12l6 5M4 12h9c4 0 7 2 7 6',
  clip: 'M8 12l6-6a3 3 0 014 4l-8 8a5 5 0 01-7-7l7-7',
  back: 'M15 5l-7 7 7 7',
  close: 'M6 6l12 12M18 6L6 18',
  phone: 'M8 3h8a1 1 0 011 1v16a1 1 0 01-1 1H8a1 1 0 01-1-1V4a1 1 0 011-1zM11 18h2',
  desk: 'M4 5h16v11H4zM9 20h6M12 16v4',
  moon: 'M19 14a8 8 0 01-10-10 8 8 0 1010 10z',
  outbox: 'M4 13v6h16v-6M12 15V4M8 8l4-4 4 4',
  sheet: 'M5 4h14v16H5zM5 9h14M5 14h14M11 9v11',
  book: 'M5 5c3-1 5 0 7 1 2-1 4-2 7-1v13c-3-1-5 0-7 1-2-1-4-2-7-1zM12 6v13',
  redo: 'M19 9a7 7 0 10-1 8M19 4v5h-5',
  send: 'M4 12l16-7-6 15-3-6z',
  bin: 'M5 7h14M9 7V5h6v2M7 7l1 13h8l1-13',
  spark: 'M12 4l2 6 6 2-6 2-2 6-2-6-6-2 6-2z',
  shop: 'M4 10l2-6h12l2 6M4 10v10h16V10M4 10a3 3 0 005 0 3 3 0 006 0 3 3 0 005 0M10 20v-5h4v5',
  inbox: 'M4 13l3-8h10l3 8v6H4zM4 13h5l1 2h4l1-2h5',
} as const

export type IconName = keyof typeof LINES

export const icon = (name: IconName): Html => html`
  <svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" fill="none" stroke="currentColor"
    stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"><path d=${LINES[name]} /></svg>`

export const mark = (): Html => html`
  <svg class="mark" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
    <rect x="2" y="5" width="28" height="22" rx="6" fill="var(--brand)" />
    <path d="M7 12l9 7 9-7" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round" />
    <rect x="21" y="5" width="9" height="22" rx="4" fill="var(--brand-deep)" />
  </svg>`
