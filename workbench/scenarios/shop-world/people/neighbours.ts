import { person, place } from './person.ts'

/** Customers who did not write these days; two of them bought what somebody else wrote about. */
export const clement = person(
  'Clement Ashby',
  { email: 'clement.ashby@ashbyandsons.example', phone: '+447700900188' },
  place('70 Orchard Row', 'GL99 5CA', 'Stroud'),
  { since: 240 },
)

export const leila = person(
  'Leila Farouk',
  { email: 'leila.farouk@cedarline.example', phone: '+447700900156' },
  place('Cedarline, 3rd floor', 'LS99 8CL', 'Leeds'),
  { since: 8, company: 'Cedarline' },
)

export const omar = person(
  'Omar Haddad',
  { email: 'omar.haddad@cedarline.example' },
  place('Cedarline, 3rd floor', 'LS99 8CL', 'Leeds'),
  { since: 7.3, company: 'Cedarline' },
)

export const rosalind = person(
  'Rosalind Keene',
  { email: 'rosalind.keene@larkhill.example', phone: '+447700900111' },
  place('9 Larkhill', 'BA99 1RK', 'Bath'),
  { since: 320 },
)

export const hugo = person(
  'Hugo Brandt',
  { email: 'hugo.brandt@kiesweg.example', phone: '+493023125088' },
  place('Kiesweg 17', '99912', 'Althagen', 'DE'),
  { since: 18 },
)

export const maeve = person(
  'Maeve Donnelly',
  { email: 'maeve.donnelly@greenlane.example', phone: '+447700900122' },
  place('33 Green Lane', 'BT99 6MD', 'Lisburn'),
  { since: 15, note: 'Refused a parcel that was to be paid at the door.' },
)

export const silas = person(
  'Silas Whitmore',
  { email: 'silas@whitmorebooks.example', phone: '+447700900133' },
  place('Whitmore Books, 12 High Street', 'LD99 3SW', 'Hay-on-Wye'),
  { since: 95 },
)

export const anneke = person(
  'Anneke de Wit',
  { email: 'anneke.dewit@molenpost.example', phone: '+31970105233' },
  place('Molenpad 5', '8099 AW', 'Zwolle', 'NL'),
  { since: 60 },
)

export const bjorn = person(
  'Björn Sandell',
  { email: 'bjorn.sandell@skarpost.example', phone: '+46701740633' },
  place('Skärvägen 8', '999 21', 'Kalmar', 'SE'),
  { since: 45 },
)

export const chiara = person(
  'Chiara Fontana',
  { email: 'chiara.fontana@viapergola.example' },
  place('Via Pergola 14', '99041', 'Lucca', 'IT'),
  { since: 9 },
)

export const desmond = person(
  'Desmond Achebe',
  { email: 'desmond.achebe@millbrook.example', phone: '+447700900147' },
  place('45 Millbrook Street', 'CF99 2DA', 'Cardiff'),
  { since: 150 },
)

export const freya = person(
  'Freya Halvorsen',
  { email: 'freya.halvorsen@birchmail.example', phone: '+447700900158' },
  place('Birch Cottage', 'PH99 9FH', 'Pitlochry'),
  { since: 33 },
)

export const gideon = person(
  'Gideon Marsh',
  { email: 'gideon.marsh@saltings.example', phone: '+447700900166' },
  place('1 The Saltings', 'IP99 4GM', 'Aldeburgh'),
  { since: 210 },
)

export const hana = person(
  'Hana Kobayashi',
  { email: 'hana.kobayashi@papermoon.example', phone: '+447700900169' },
  place('Flat 6, 101 Canal Walk', 'E99 1HK', 'London'),
  { since: 70 },
)

export const ivo = person(
  'Ivo Petrović',
  { email: 'ivo.petrovic@lindenlane.example', phone: '+447700900174' },
  place('22 Linden Lane', 'OX99 3IP', 'Oxford'),
  { since: 40 },
)

export const josephine = person(
  'Josephine Laurent',
  { email: 'j.laurent@quaidesfleurs.example', phone: '+33199005508' },
  place('7 quai des Fleurs', '99210', 'Villefranche', 'FR'),
  { since: 28 },
)

export const kwame = person(
  'Kwame Boateng',
  { email: 'kwame.boateng@kitehill.example', phone: '+447700900179' },
  place('18 Kite Hill', 'LU99 7KB', 'Luton'),
  { since: 6 },
)

export const linnea = person(
  'Linnea Ek',
  { email: 'linnea.ek@tallbacken.example', phone: '+46701740644' },
  place('Tallbacken 2', '999 33', 'Falun', 'SE'),
  { since: 4 },
)

export const mateusz = person(
  'Mateusz Zieliński',
  { email: 'mateusz.zielinski@hopyard.example', phone: '+447700900183' },
  place('The Hopyard, Barn 2', 'TN99 5MZ', 'Tonbridge'),
  { since: 50 },
)

export const orla = person(
  'Orla Byrne',
  { email: 'orla.byrne@seapink.example', phone: '+447700900190' },
  place('Sea Pink, Shore Road', 'BT99 8OB', 'Portrush'),
  { since: 365, tags: ['regular', 'vip'] },
)

/** One person with two accounts, as shops have them: a case for merging. */
export const percy = person(
  'Percy Longford',
  { email: 'percy.longford@inkwell.example', phone: '+447700900198' },
  place('4 Inkwell Court', 'DT99 2PL', 'Dorchester'),
  { since: 160 },
)

export const percyAgain = person(
  'Percy Longford',
  { email: 'percy@longford-letters.example' },
  place('4 Inkwell Court', 'DT99 2PL', 'Dorchester'),
  { since: 0.6 },
)
