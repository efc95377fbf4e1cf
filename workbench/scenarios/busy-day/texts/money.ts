import type { Kind } from './kind.ts'

const en = { language: 'en', ordered: true } as const

export const money: Kind[] = [
  {
    ...en,
    code: 'refund',
    weight: 5,
    subjects: ['Refund for {order}', 'Where is my refund?', 'Money back for {order}, please'],
    parts: [
      [
        'I sent the {product} of {order} back on {day}.',
        'You wrote that the refund of {order} was on its way.',
        'I returned two things from {order} and got money for one.',
      ],
      [
        'My bank sees nothing.',
        'The post office gave me a receipt with the number {number}.',
        'It is not much, but it adds up.',
        'I have been patient.',
      ],
      ['When does it come?', 'Please check.', 'Has it been forgotten?'],
    ],
    answers: [
      'your parcel is here since this morning. The refund leaves us today; banks take three to five working days.',
      'it was refunded on {day}. It goes to the card you paid with, and shows under the name Fern & Fig Ltd.',
    ],
    sending: 'solve',
    tag: 'refund',
  },
  {
    ...en,
    code: 'invoice',
    weight: 4,
    subjects: ['Invoice for {order}', 'Receipt please', 'VAT invoice {order}'],
    parts: [
      [
        'Could you send me an invoice for {order}?',
        'My accountant needs a proper invoice of {order}.',
        'The receipt of {order} lacks our VAT number.',
      ],
      [
        'It should be made out to Wendover & Daughters.',
        'A PDF is enough.',
        'The purchase order is {number}.',
        'They close the month on {day}.',
      ],
      ['Thank you.', 'Many thanks in advance.', 'Is that possible?'],
    ],
    answers: [
      'here it is, with everything you asked for on it.',
      'our accounts send it by tomorrow; it takes the name that you gave me.',
    ],
    sending: 'solve',
    tag: 'invoice',
    priority: 'low',
  },
  {
    ...en,
    code: 'gift-card',
    weight: 3,
    ordered: false,
    subjects: ['Gift card does not work', 'Balance of my gift card', 'A gift card, but no code'],
    parts: [
      [
        'My gift card is refused at the check-out.',
        'I was given a gift card for my birthday and cannot find where to type it in.',
        'There were 30 on my gift card and now the shop says 12.',
      ],
      ['I have tried two browsers.', 'The last letters are {number}K.', 'It was a present from my team.'],
      ['Can you help?', 'What am I doing wrong?', 'How much is left on it?'],
    ],
    answers: [
      'it is typed in on the very last page, under "Discount code or gift card". If it is refused there, tell me the last four characters.',
      'the card is fine; it had been used for delivery once. I have put the difference back on it.',
    ],
    sending: 'wait',
    tag: 'gift-card',
  },
  {
    ...en,
    code: 'cancel',
    weight: 4,
    subjects: ['Cancel {order} please', 'I ordered twice', 'Stop {order}'],
    parts: [
      [
        'Please cancel {order}.',
        'I pressed the button twice; {order} is one too many.',
        'My mother has ordered the same {product}, so we do not need {order}.',
      ],
      ['I am sorry for the trouble.', 'It was half an hour ago.', 'Nothing should have left yet.'],
      ['Will I be charged?', 'Please confirm.', 'Thanks!'],
    ],
    answers: [
      'it is cancelled and nothing will be charged.',
      'we stopped it on the packing table. The reserved sum falls away by itself within two days.',
    ],
    sending: 'solve',
    tag: 'cancel',
    priority: 'high',
  },
]
