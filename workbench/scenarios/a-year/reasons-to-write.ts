/** What people write about: how often, how urgent, what is said, and what is done about it. */
export type Kind = {
  category: string
  weight: number
  /** Shares of low, high and urgent; the rest is normal. */
  low: number
  high: number
  urgent: number
  /** How long an answer takes beside the others. */
  effort: number
  tags: string[]
  subjects: string[]
  asks: string[]
  answers: string[]
  /** Share of tickets with an action, and its reasons with their weights. */
  acts: number
  reasons: Record<string, number>
}

export type KindName = 'parcel' | 'broken' | 'product' | 'invoice' | 'return' | 'site' | 'other'

export const KINDS: Record<KindName, Kind> = {
  parcel: {
    category: 'order',
    weight: 30,
    low: 0.05,
    high: 0.15,
    urgent: 0.02,
    effort: 0.8,
    tags: ['courier'],
    subjects: ['Where is my parcel?', 'Parcel not here', 'Tracking has not moved', 'Delivery of my order'],
    asks: [
      'My parcel should have been here on Tuesday and the tracking has not moved since. Could you look where it is?',
      'The courier says delivered, and nothing is at my door. My neighbours have nothing either.',
      'I ordered a week ago for a birthday on Saturday. Will it be here in time?',
    ],
    answers: [
      'I have asked the courier and will write again tomorrow. If it is lost we send a new one.',
      'It is at the depot and comes tomorrow before noon. I am sorry for the wait.',
      'The courier found it; it is out for delivery today.',
    ],
    acts: 0.12,
    reasons: { lost_in_post: 6, late: 4 },
  },
  broken: {
    category: 'product',
    weight: 9,
    low: 0,
    high: 0.4,
    urgent: 0.08,
    effort: 1.3,
    tags: ['damaged'],
    subjects: ['Jar arrived broken', 'Spilled in the parcel', 'Damaged delivery'],
    asks: [
      'Two of the jars were broken when I opened the parcel and the oil is everywhere. I have photos.',
      'The lid of the fig jam had come off and half of it is in the box.',
      'One glass was cracked. The rest is fine, but I would like that one again.',
    ],
    answers: [
      'I am sorry. A new one leaves us today, and you need not send anything back.',
      'Thank you for the photos. I have sent your money back for that jar; it takes three to five days.',
    ],
    acts: 0.75,
    reasons: { damaged: 5, spilled: 4, quality: 1 },
  },
  product: {
    category: 'product',
    weight: 18,
    low: 0.2,
    high: 0.05,
    urgent: 0,
    effort: 1,
    tags: ['allergens'],
    subjects: ['Question about ingredients', 'How long does it keep?', 'Is it vegan?', 'Back in stock?'],
    asks: [
      'Is there any trace of hazelnut in the dark chocolate? It is for somebody with an allergy.',
      'How long does the lemon curd keep once it is open?',
      'When will the large hamper be back? I would like three of them.',
    ],
    answers: [
      'It is made where nuts are handled, so I would not give it to somebody with an allergy.',
      'Four weeks in the fridge. The date on the lid is for the closed jar.',
      'In about two weeks. Shall I write to you when it is there?',
    ],
    acts: 0.01,
    reasons: { goodwill: 1 },
  },
  invoice: {
    category: 'billing',
    weight: 12,
    low: 0.15,
    high: 0.1,
    urgent: 0.01,
    effort: 0.9,
    tags: ['invoice'],
    subjects: ['Invoice for my order', 'Charged twice?', 'VAT number on the invoice'],
    asks: [
      'Could you send me the invoice again, with our company name on it?',
      'My bank shows two charges for one order. Which one is right?',
      'We need our VAT number on the invoice, please.',
    ],
    answers: [
      'The invoice is attached, with your company on it.',
      'One of them is only reserved and goes away by itself within a week. I have asked the bank to be sure.',
    ],
    acts: 0.05,
    reasons: { other: 1, goodwill: 2 },
  },
  return: {
    category: 'billing',
    weight: 14,
    low: 0.05,
    high: 0.15,
    urgent: 0.02,
    effort: 1.2,
    tags: ['return'],
    subjects: ['I would like to send it back', 'Refund', 'Wrong item in the parcel'],
    asks: [
      'I changed my mind about the tea set. How do I send it back?',
      'You sent me the small tin and I ordered the large one.',
      'It is not what the picture shows. I would like my money back.',
    ],
    answers: [
      'You find a label attached. Your money is on its way as soon as it is here.',
      'I am sorry about that. The right one leaves us today; keep the other one.',
    ],
    acts: 0.55,
    reasons: { wrong_item: 4, changed_mind: 4, not_as_described: 3 },
  },
  site: {
    category: 'technical',
    weight: 7,
    low: 0.1,
    high: 0.2,
    urgent: 0.05,
    effort: 1.4,
    tags: ['checkout'],
    subjects: ['Cannot pay', 'Voucher does not work', 'I cannot log in'],
    asks: [
      'At the last step it says that something went wrong. I tried two cards.',
      'The voucher from your letter is refused.',
      'I never get the mail with the new password.',
    ],
    answers: [
      'It works again since an hour ago. Could you try once more?',
      'The voucher needs capital letters; I made you a new one that does not.',
    ],
    acts: 0.04,
    reasons: { goodwill: 1 },
  },
  other: {
    category: 'other',
    weight: 10,
    low: 0.35,
    high: 0.03,
    urgent: 0,
    effort: 1.1,
    tags: ['wholesale'],
    subjects: ['Selling your jam in our shop', 'A question', 'Thank you'],
    asks: [
      'We run a small café and would love to sell your jams. Is there a price list?',
      'Do you still give tours on Fridays?',
      'Can I change the address of the hamper for my mother?',
    ],
    answers: [
      'I have passed it on to our wholesale people; they write within two days.',
      'We do, at eleven. You need not book.',
    ],
    acts: 0.01,
    reasons: { goodwill: 1 },
  },
}
