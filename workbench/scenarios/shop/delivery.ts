import { answered, days, hours, type Story, story, wrote } from '../story.ts'

export const delivery: Story[] = [
  story(
    'Parcel lost? Tracking has not moved for six days',
    { name: 'Marcus Oyelaran', email: 'm.oyelaran@harbourpost.example' },
    wrote(
      days(3, 6),
      `
Good morning,

my order FF-20291 (two Autumn hampers, paid on the 3rd) shows "arrived at depot" for six days and nothing more. The carrier's hotline tells me that only the sender may ask. Could you please do so?

Kind regards
Marcus Oyelaran`,
    ),
    answered(
      'sam',
      days(3, 2),
      `
Good morning Marcus,

I have opened a search with the carrier under number 7741. They have two working days to answer. Whatever they say, I write to you again within two days.

Sam`,
    ),
    wrote(
      hours(20),
      `
Hello Sam,

the two days are over and I have heard nothing. Please just send the hampers again, the people they are for leave the country next week.

Marcus`,
      { mailer: 'gmail' },
    ),
    wrote(
      hours(3, 10),
      `
I have now written three times counting the form on your site. This is the last time I ask politely. Either the hampers are on their way today or I want my 164.00 back TODAY and I will tell everybody in the office where not to order.`,
      { mailer: 'phone' },
    ),
  ),
  story(
    'Birthday gift came two days late',
    { name: 'Helen Strand', email: 'helen.strand@fjordpost.example' },
    wrote(
      days(1, 9),
      `
Dear Fern & Fig,

I paid 9.90 for delivery on a named day, and the flowers for my mother's 80th birthday came two days after it. She thought that I had forgotten her. I would like the delivery charge back, and I would like somebody to tell me how this could happen.

Regards
Helen Strand`,
      { mailer: 'outlook' },
    ),
  ),
  story(
    'Change of address for FF-20455',
    { name: 'Jonas Petit', email: 'jonas.petit@mailvert.example' },
    wrote(
      hours(2, 40),
      `
Hello! I just saw that I typed my old address. Order FF-20455 should go to

Jonas Petit
c/o Atelier Nord
Kanaalstraat 9b
Utrecht

and not to the Oudegracht. I hope that it has not left yet.

Jonas`,
      { mailer: 'gmail' },
    ),
  ),
  story(
    'Delivered to "safe place", but where?',
    { name: 'Beatrice Holloway', email: 'bea@hollowayfarm.example' },
    wrote(
      hours(5, 5),
      `
Hi,

the tracking says that my cheese box was left in a "safe place". We have a farm with eleven sheds. Could the driver be a little more exact, before the dogs are?

Bea`,
      { mailer: 'phone' },
    ),
    answered(
      'nora',
      hours(4, 20),
      `
Hi Bea,

the driver says: green door left of the milk tank, on top of the freezer. I hope that you are faster than the dogs.

Nora`,
    ),
    wrote(hours(3, 50), 'Found it, and so had the cat, but the wrapping held. Thank you, that was quick!', {
      mailer: 'phone',
    }),
  ),
]
