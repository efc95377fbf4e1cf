import type { SavedReply } from '../../shared/drafts.ts'
import type { OrderStory } from './shop-world/orders/order-story.ts'

/** The invented shop that the workbench plays: its people, addresses and the texts its agents keep at hand. */
export const SHOP = {
  name: 'Fern & Fig',
  domain: 'fernandfig.example',
  support: 'support@fernandfig.example',
  archive: 'archive@fernandfig.example',
} as const

export interface StaffSeed {
  name: string
  email: string
  role: 'agent' | 'supervisor' | 'finance' | 'admin'
}

export const STAFF: StaffSeed[] = [
  { name: 'Nora Lindqvist', email: 'nora@fernandfig.example', role: 'agent' },
  { name: 'Sam Okafor', email: 'sam@fernandfig.example', role: 'agent' },
  { name: 'June Castellanos', email: 'june@fernandfig.example', role: 'supervisor' },
  { name: 'Anton Verhoeven', email: 'anton@fernandfig.example', role: 'admin' },
  { name: 'Ines Moreau', email: 'ines@fernandfig.example', role: 'finance' },
]

/** Who gets the mail of support@ in the own inbox, besides the archive. */
export const INBOXES = ['nora@fernandfig.example', 'sam@fernandfig.example', 'june@fernandfig.example']

/** Who plays: a scenario may bring more people, and what they bought. */
export interface Cast {
  staff: StaffSeed[]
  /** Who gets the mail of support@ in the own inbox, besides the archive. */
  inboxes: string[]
  orders: OrderStory[]
}

export const EVERYDAY_CAST: Cast = { staff: STAFF, inboxes: INBOXES, orders: [] }

/** Some do more than answer: those are macros. */
export const SAVED_REPLIES: SavedReplySeed[] = [
  {
    title: 'Damaged on arrival',
    text: 'Hello {customer},\n\nI am sorry that your parcel arrived damaged. You need not send anything back. Would you like a replacement, or your money back? A photo helps us to talk to the carrier, if you have one at hand.\n\n{agent}',
    variants: {
      de: 'Guten Tag {customer},\n\nes tut mir leid, dass Ihr Paket beschädigt angekommen ist. Sie müssen nichts zurückschicken. Möchten Sie Ersatz oder Ihr Geld zurück?\n\n{agent}',
    },
    acts: { take: true, tags: ['damaged'], sending: 'wait' },
  },
  {
    title: 'Where is my parcel',
    text: 'I have asked the carrier where your parcel is and will write to you again tomorrow, with or without their answer. If it is lost we send a new one at no cost.',
  },
  {
    title: 'Allergens',
    text: 'All ingredients and possible traces are printed on the back of each product, and I am glad to look them up for you. Our chocolates are made where hazelnuts, almonds, milk and soy are handled.',
  },
  {
    title: 'Invoice on its way',
    text: 'Please find the invoice attached. If your accounts department needs another address or a VAT number on it, tell me and I will have it made anew.',
  },
  {
    title: 'Refund sent',
    text: 'Your refund has left us today. Depending on your bank it shows on your account within three to five working days.',
    acts: { take: true, sending: 'solve' },
  },
]

interface SavedReplySeed extends Pick<SavedReply, 'title' | 'text'>, Partial<Pick<SavedReply, 'variants' | 'acts'>> {}
