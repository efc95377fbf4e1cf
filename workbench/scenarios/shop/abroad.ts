import { answered, days, hours, type Story, story, wrote } from '../story.ts'

export const abroad: Story[] = [
  story(
    'Lieferung unvollständig: Bestellung FF-20396',
    { name: 'Jürgen Groß', email: 'juergen.gross@weidenhof.example' },
    wrote(
      days(1, 4),
      `
Guten Tag,

in meinem Paket fehlt das Glas Feigensenf, obwohl es auf dem Lieferschein steht. Der Rest ist in Ordnung. Bitte schicken Sie es nach oder schreiben Sie mir 6,90 € gut.

Mit freundlichen Grüßen
Jürgen Groß`,
      { mailer: 'outlook' },
    ),
    answered(
      'nora',
      days(1, 1),
      `
Guten Tag Herr Groß,

das tut mir leid. Ein Glas Feigensenf ist heute als Brief an Sie unterwegs und sollte übermorgen da sein.

Nora Lindqvist`,
    ),
    wrote(hours(8, 40), 'Vielen Dank, das Glas ist da. Und es schmeckt sogar.\n\nJ. Groß', { mailer: 'outlook' }),
  ),
  story(
    'Chocolats arrivés cassés',
    { name: 'Éloïse Marchand', email: 'eloise.marchand@boiteauxlettres.example' },
    wrote(
      hours(16),
      `
Bonjour,

le coffret « Forêt noire » (commande FF-20421) est arrivé hier et presque tous les chocolats sont cassés. C'était un cadeau pour ma belle-mère, qui n'est pas connue pour sa patience. Pouvez-vous m'en renvoyer un avant dimanche ?

Bien cordialement,
Éloïse Marchand`,
      { mailer: 'apple' },
    ),
  ),
  story(
    '注文 FF-20433 の届け日について',
    { name: '佐藤 美咲', email: 'misaki.sato@yubinbako.example' },
    wrote(
      hours(10, 10),
      `
お世話になっております。佐藤と申します。

注文番号 FF-20433 の花束ですが、届け日を土曜日から日曜日に変更していただくことは可能でしょうか。母の都合が変わってしまいました。

お手数をおかけしますが、どうぞよろしくお願いいたします。

佐藤 美咲`,
      { mailer: 'gmail' },
    ),
  ),
]
