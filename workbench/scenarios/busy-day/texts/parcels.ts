import type { Kind } from './kind.ts'

const en = { language: 'en', ordered: true } as const

export const parcels: Kind[] = [
  {
    ...en,
    code: 'late',
    weight: 9,
    subjects: ['Where is my parcel?', '{order} has not come', 'Still waiting for {order}', 'Delivery of {order}'],
    parts: [
      [
        'My order {order} should have been here on {day}.',
        'I ordered the {product} and was promised {day}. It is not here.',
        'The tracking of {order} has said "in transit" since {day}.',
        'We waited at home all of {day} for {order} and nobody rang.',
      ],
      [
        'It is a present for my sister and I need it before the weekend.',
        'The carrier tells me to ask you.',
        'I know that you are busy, but a word would have been kind.',
        'It is the second time this year.',
      ],
      [
        'Can you find out where it is?',
        'Could somebody look, please?',
        'When will it come?',
        'If it is lost, please send it again.',
      ],
    ],
    answers: [
      'I am sorry for the wait. The {product} is in the depot near you and comes tomorrow before noon; I have asked the driver to ring.',
      'your parcel was sorted into the wrong van. It is on its way now, and I look again first thing tomorrow.',
      'the carrier has no scan since {day}, so I count it as lost. A new one leaves us today by express, at no cost.',
    ],
    sending: 'solve',
    tag: 'late',
  },
  {
    ...en,
    code: 'address',
    weight: 3,
    subjects: ['Wrong address on {order}', 'Please change my address', 'New address for {order}'],
    parts: [
      [
        'I have just seen that {order} goes to my old flat.',
        'The house number on {order} is wrong: it is {number}, not what I typed.',
        'We moved last week and I forgot to tell you before ordering the {product}.',
      ],
      [
        'The new people there are not friendly.',
        'Everything else is right.',
        'I hope that it has not left yet.',
        'The street stays the same.',
      ],
      ['Can you change it?', 'Is it too late?', 'Please send it to the new one.'],
    ],
    answers: [
      'you are in time: it has not left us, and the new address stands on it now.',
      'it has left this morning, but the carrier can still turn it. I have asked them to.',
    ],
    sending: 'solve',
    tag: 'address',
    priority: 'high',
  },
  {
    ...en,
    code: 'missing',
    weight: 6,
    subjects: ['Something is missing in {order}', 'Incomplete parcel', '{order}: one thing too few'],
    parts: [
      [
        'The parcel {order} came on {day}, but without the {product}.',
        'I counted twice: the {product} is not in the box of {order}.',
        'Thank you for the quick delivery of {order}. Only the {product} stayed behind.',
      ],
      [
        'It does stand on the packing slip.',
        'The tape had been opened once, it seems.',
        'Everything else is lovely.',
        'My guests come on {day}, so it matters a little.',
      ],
      ['Could you send it after?', 'What do we do?', 'Please send the rest or refund it.'],
    ],
    answers: [
      'that should not have happened. The {product} leaves us today and costs you nothing.',
      'we found it on the packing table this morning, with your name on it. It is on its way.',
    ],
    sending: 'solve',
    tag: 'missing',
  },
]
