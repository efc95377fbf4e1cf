import { bottlePhoto, chocolatePicture, oilPhoto } from '../files/pictures.ts'
import { answered, days, hours, type Story, story, wrote } from '../story.ts'

export const damage: Story[] = [
  story(
    'Olive oil all over my parcel',
    { name: 'Ada Whitcombe', email: 'ada.whitcombe@brambleroad.example' },
    wrote(
      days(2, 3),
      `
Hello,

order FF-20418 came this morning and the big olive oil has leaked. The tin is dented at the seam and the box, the crackers and the linen napkins are soaked. I have put the whole thing in the sink for now. A photo is attached.

The napkins were meant for my sister's wedding next week. Is there any chance that you can send them again before then?

Ada Whitcombe
14 Bramble Road, Ludlow`,
      { mailer: 'gmail', files: [oilPhoto('IMG_2207.jpg')] },
    ),
    answered(
      'nora',
      days(2, 1),
      `
Hello Ada,

what a mess, I am sorry. A new hamper with the napkins leaves us this afternoon by express and should be with you tomorrow. You need not send anything back.

Nora`,
    ),
    wrote(
      hours(0, 25),
      `
Dear Nora,

the second parcel is here and everything is whole. But I count five napkins and not six! Did one stay behind?

Ada`,
      { mailer: 'gmail' },
    ),
  ),
  story(
    'Broken bottle in order FF-20377',
    { name: 'Tobias Renner', email: 'tobias.renner@hofgarten-mail.example' },
    wrote(
      days(1, 5),
      `
Hi there,

one of the two bottles of Rioja arrived with its neck snapped off, see the picture. The other one is fine. Please refund the broken bottle only, I do not need another one.

Best
Tobias`,
      { mailer: 'apple', files: [bottlePhoto('broken-bottle.jpg')] },
    ),
  ),
  story(
    'melted',
    { name: 'Priya Raman', email: 'priya@ramanstudio.example' },
    wrote(
      hours(7, 25),
      `
chocolates were left in the sun by your driver, they are one big lump now. see screenshot of the photo. what do we do?

Sent from my phone`,
      { mailer: 'phone', files: [chocolatePicture('Screenshot 0417.png')] },
    ),
  ),
]
