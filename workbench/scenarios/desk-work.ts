/** What the agents did with the shop's tickets before the first look at them. */
export interface DeskWork {
  /** The ticket, by the subject its mail came with. */
  subject: string
  by: 'nora' | 'sam' | 'june'
  take?: true
  priority?: 'low' | 'high' | 'urgent'
  tags?: string[]
  note?: string
  status?: 'on_hold' | 'solved'
  voided?: 'spam' | 'not_a_ticket'
}

export const deskWork: DeskWork[] = [
  {
    subject: 'Olive oil all over my parcel',
    by: 'nora',
    take: true,
    tags: ['damaged'],
    note: 'The tin of this batch leaks at the seam; the third one this month. Told the warehouse.',
  },
  { subject: 'Delivered to "safe place", but where?', by: 'nora', take: true, status: 'solved' },
  { subject: 'Order confirmation twice', by: 'nora', take: true, status: 'solved' },
  { subject: 'Lieferung unvollständig: Bestellung FF-20396', by: 'nora', take: true, status: 'solved' },
  {
    subject: 'Forty hampers for our customers in December',
    by: 'nora',
    take: true,
    priority: 'high',
    tags: ['business'],
  },
  { subject: 'Nut allergy: is the fig salami safe?', by: 'nora', take: true, priority: 'urgent', tags: ['allergy'] },
  {
    subject: 'Parcel lost? Tracking has not moved for six days',
    by: 'sam',
    take: true,
    priority: 'urgent',
    tags: ['lost', 'carrier'],
    note: 'The carrier admits that search 7741 was never begun. I would send both hampers again today.',
  },
  { subject: 'Invoice for FF-20333 please', by: 'sam', take: true, tags: ['invoice'] },
  {
    subject: 'Stockist enquiry',
    by: 'sam',
    take: true,
    status: 'on_hold',
    tags: ['business'],
    note: 'June has the price list.',
  },
  { subject: 'Thank you!', by: 'sam', take: true, status: 'solved' },
  { subject: 'Change of address for FF-20455', by: 'sam', take: true, priority: 'high' },
  { subject: 'Rank no. 1 this week!! (fernandfig.example)', by: 'june', voided: 'spam' },
]
