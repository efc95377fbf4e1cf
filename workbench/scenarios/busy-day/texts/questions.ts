import type { Kind } from './kind.ts'

const en = { language: 'en', ordered: false } as const

export const questions: Kind[] = [
  {
    ...en,
    code: 'product',
    weight: 6,
    subjects: ['Question about the {product}', 'Is the {product} coming back?', 'How long does the {product} keep?'],
    parts: [
      [
        'I am thinking of giving the {product} to a friend.',
        'I was curious about the {product} on your page.',
        'We had the {product} at a wedding and loved it.',
      ],
      [
        'She lives alone and eats little.',
        'The page does not say how large it is.',
        'We would need {number} of them.',
        'It should survive a week in the post.',
      ],
      ['How long does it keep?', 'Do you have it in another size?', 'Can it be wrapped as a present?', 'Is it vegan?'],
    ],
    answers: [
      'it keeps for eight weeks in a cool place, and yes, we wrap it for 2.50.',
      'it is out of stock until {day}. Shall I write to you when it is back?',
      'it is vegan, and about as large as a shoe box.',
    ],
    sending: 'solve',
    tag: 'question',
    priority: 'low',
  },
  {
    ...en,
    code: 'business',
    weight: 2,
    subjects: ['{number} hampers for our office', 'Prices for larger orders', 'Do you sell to shops?'],
    parts: [
      [
        'We are looking for {number} presents for our customers.',
        'I run a small café and would like to sell the {product}.',
        'Our company gives every new colleague a basket.',
      ],
      ['They go to different addresses.', 'We would pay by invoice.', 'It is for the second week of the month.'],
      ['What would that cost?', 'Who should I talk to?', 'Do you give a discount?'],
    ],
    answers: [
      'June looks after companies and writes to you by tomorrow. From twenty on we give 12 percent.',
      'with pleasure. Could you tell me the number and the day, so that I can make you an offer?',
    ],
    sending: 'keep_tomorrow',
    tag: 'business',
  },
  {
    ...en,
    code: 'account',
    weight: 3,
    subjects: ['Cannot log in', 'Password mail does not come', 'My account'],
    parts: [
      [
        'The login on your page does not take my password.',
        'I asked for a new password three times and no mail comes.',
        'My account shows orders that are not mine.',
      ],
      ['I have looked in the spam folder.', 'It worked last month.', 'I use the same address as here.'],
      ['Can you reset it?', 'What is wrong?', 'Please help.'],
    ],
    answers: [
      'I have sent you a link that works for one hour. If it does not come, the address in the account has a typing error.',
      'you have two accounts, one of them with a full stop in the address. I have joined them.',
    ],
    sending: 'wait',
    tag: 'account',
  },
  {
    ...en,
    code: 'praise',
    weight: 2,
    subjects: ['Well done', 'A compliment', 'To whoever packed my basket'],
    parts: [
      [
        'I only want to say that the {product} was the nicest present of the year.',
        'Your driver carried the parcel up four floors.',
        'Somebody wrote my card by hand, in beautiful letters.',
      ],
      ['My father, who likes nothing, liked it.', 'That is rare these days.', 'We talked about it all evening.'],
      ['Please pass it on.', 'Keep it up.', 'I shall be back.'],
    ],
    answers: ['that made the round of the whole barn. Thank you for taking the time!'],
    sending: 'solve',
    tag: 'praise',
    priority: 'low',
  },
]
