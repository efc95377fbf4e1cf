import type { Kind } from './kind.ts'

const en = { language: 'en', ordered: true } as const

export const goods: Kind[] = [
  {
    ...en,
    code: 'damaged',
    weight: 8,
    subjects: ['Broken on arrival: {order}', '{order} arrived damaged', 'Leaking parcel', 'My {product} is broken'],
    parts: [
      [
        'Order {order} came this morning and the {product} is broken.',
        'I opened {order} with my children watching, and the {product} was in pieces.',
        'The box of {order} was wet when it came, and so was the {product}.',
        'The corner of {order} is crushed, and the {product} with it.',
      ],
      [
        'I have kept everything, in case that you need it.',
        'The rest is whole.',
        'The paper inside was thin for something so heavy.',
        'It was meant for {day}.',
      ],
      [
        'Can you send another one?',
        'I would like my money back for it.',
        'Please tell me what to do with the pieces.',
        'Do you need a photo?',
      ],
    ],
    answers: [
      'I am sorry that your {product} arrived like this. You need not send anything back; would you like another one, or your money?',
      'what a pity. A new {product} leaves us today, packed twice. Please throw the broken one away.',
      'thank you for telling us so kindly. I have sent the {product} again by express, and told our packers.',
    ],
    sending: 'wait',
    tag: 'damaged',
  },
  {
    ...en,
    code: 'wrong',
    weight: 4,
    subjects: ['Not what I ordered', 'Wrong thing in {order}', '{order}: wrong parcel?'],
    parts: [
      [
        'Instead of the {product} I got a picnic blanket.',
        'In {order} there is somebody else’s greeting card and not my {product}.',
        'I ordered one {product} with {order} and have got {number}.',
      ],
      [
        'It is a nice surprise, but not mine.',
        'I have not opened it further.',
        'The name on the slip is not mine.',
        'I can keep it until somebody collects it.',
      ],
      ['What happens now?', 'Please send what I ordered.', 'Who gets mine?'],
    ],
    answers: [
      'two labels were swapped this morning. Yours is on its way, and a driver collects the other one on {day}.',
      'please keep what you got, with our apologies. What you ordered leaves us today.',
    ],
    sending: 'solve',
    tag: 'wrong-item',
  },
  {
    ...en,
    code: 'quality',
    weight: 4,
    subjects: ['The {product} tastes odd', 'Disappointed by the {product}', 'Quality of {order}'],
    parts: [
      [
        'We opened the {product} of {order} yesterday and it does not taste as it used to.',
        'The {product} has a crack that I only saw at the second look.',
        'For the price I had hoped for more than this {product}.',
      ],
      [
        'My husband thinks the same.',
        'Last year it was perfect.',
        'I do not like to complain.',
        'It says March on the lid.',
      ],
      ['Has anything changed?', 'Can I give it back?', 'What do you think?'],
    ],
    answers: [
      'thank you for being frank. I have refunded the {product}; please let us know whether the next one is better.',
      'this batch is a little drier than the last one, we hear it from others too. May I send you one of the new batch?',
    ],
    sending: 'wait',
    tag: 'quality',
  },
  {
    ...en,
    code: 'allergy',
    weight: 2,
    ordered: false,
    subjects: ['Allergy question, urgent', 'Does the {product} contain nuts?', 'Is the {product} safe for my son?'],
    parts: [
      [
        'My son is allergic to walnuts and has eaten from the {product}.',
        'A guest of ours must not have sesame.',
        'The label of the {product} has come off in the fridge.',
      ],
      ['He feels well so far.', 'I would rather ask than guess.', 'The dinner is tonight.'],
      ['Please tell me what is in it, immediately if you can.', 'Is it safe?', 'Which traces can be in it?'],
    ],
    answers: [
      'the {product} is made without walnuts and on a line of its own. If you see any reaction at all, please call a doctor and not us.',
      'there is sesame in the room where it is made. Please do not serve it to your guest.',
    ],
    sending: 'solve',
    tag: 'allergy',
    priority: 'urgent',
  },
]
