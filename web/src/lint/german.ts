// What the server finds wrong, by its forms (server/model/words.hpp), and the words that stand in
// their places.
export const german: Record<string, string> = {
  'The block is switched off: calls go on to its default branch.':
    'Der Block ist abgeschaltet: Anrufe gehen in seinem Standardzweig weiter.',
  'There is no action “{{module}}”.': 'Es gibt keine Aktion „{{module}}“.',
  'The block is kept as it is; replace it, or switch it off with skip_module.':
    'Der Block bleibt, wie er ist; ersetze ihn, oder schalte ihn mit skip_module ab.',
  'The callflow that runs here may send a Response, but the {{title}} above answers the call: the caller gets BYE instead of a SIP code.':
    'Der Callflow, der hier läuft, kann eine Response senden, aber „{{title}}“ darüber nimmt den Anruf an: Der Anrufer bekommt BYE statt eines SIP-Codes.',
  'Let the block above play without answering, or run the callflow before it.':
    'Lass den Block darüber spielen, ohne anzunehmen, oder stell den Callflow davor.',
  'The block has no “data”; every setting has its default.':
    'Der Block hat kein „data“; jede Einstellung hat ihren Standardwert.',
  'Add "data": {}.': 'Füge "data": {} hinzu.',
  'There is no time zone “{{zone}}”.': 'Die Zeitzone „{{zone}}“ gibt es nicht.',
  'Write it as Europe/Berlin or America/New_York.':
    'Schreib sie wie Europe/Berlin oder America/New_York.',
  "The block names nobody's phones, and no pattern of the callflow captures an extension: whoever comes here gets 404.":
    'Der Block nennt niemandes Telefone, und kein Muster des Callflows fängt eine Nebenstelle: Wer hierher kommt, bekommt 404.',
  'Name a seat, a device or a ring group, or give the callflow a pattern with a group.':
    'Nenne einen Platz, ein Gerät oder eine Rufgruppe, oder gib dem Callflow ein Muster mit einer Gruppe.',
  'The block names more than one of seat, device and ring group.':
    'Der Block nennt mehr als eins von Platz, Gerät und Rufgruppe.',
  'Keep one of them; for several phones use a ring group.':
    'Behalte eins davon; für mehrere Telefone nimm eine Rufgruppe.',
  'There is no {{target}} “{{id}}” in this account.':
    '{{target}} „{{id}}“ gibt es in diesem Konto nicht.',
  'Add it, or choose another.': 'Leg das an, oder wähle etwas anderes.',
  'The {{target}} “{{id}}” is switched off: it does not ring.':
    '{{target}} „{{id}}“ ist abgeschaltet: Da läutet nichts.',
  'Enable it, or choose another.': 'Schalte das ein, oder wähle etwas anderes.',
  'The branch “{{key}}” is for a {{target}} that this account does not have.':
    'Zum Zweig „{{key}}“ gehört etwas ({{target}}), das dieses Konto nicht hat.',
  'Add it, or give the branch another.': 'Leg das an, oder gib dem Zweig etwas anderes.',
  'Not reached while the block above is switched off.':
    'Nicht erreicht, solange der Block darüber abgeschaltet ist.',
  'Nothing comes after “{{title}}”: this block is never reached.':
    'Nach „{{title}}“ kommt nichts: Dieser Block wird nie erreicht.',
  '“{{title}}” never takes the branch “{{key}}”: this block is never reached.':
    '„{{title}}“ nimmt nie den Zweig „{{key}}“: Dieser Block wird nie erreicht.',
  'Move it to another place, or remove it.': 'Verschiebe ihn, oder entferne ihn.',
  'The number {{number}} stands here twice; the first is {{first}}.':
    'Die Nummer {{number}} steht hier zweimal; die erste ist {{first}}.',
  'Remove one of the two.': 'Entferne eine der beiden.',
  'The number {{number}} belongs to the callflow “{{owner}}”.':
    'Die Nummer {{number}} gehört zum Callflow „{{owner}}“.',
  'Remove it there first, or choose another number.':
    'Entferne sie erst dort, oder wähle eine andere Nummer.',
  'The number {{number}} is the extension of the seat “{{seat}}”, for which this callflow has no block.':
    'Die Nummer {{number}} ist die Nebenstelle des Platzes „{{seat}}“, für den dieser Callflow keinen Block hat.',
  'Add a Seat block for it, or choose another number.':
    'Füge einen Seat-Block für ihn ein, oder wähle eine andere Nummer.',
  'The pattern is wrong at byte {{byte}}: {{what}}.':
    'Das Muster ist an Byte {{byte}} falsch: {{what}}.',
  'Patterns are regular expressions of RE2: no look-around, no back-references.':
    'Muster sind reguläre Ausdrücke von RE2: ohne Umschau und Rückverweise.',
  'The pattern stands here twice; the first is {{first}}.':
    'Das Muster steht hier zweimal; das erste ist {{first}}.',
  'The pattern belongs to the callflow “{{owner}}”.': 'Das Muster gehört zum Callflow „{{owner}}“.',
  'Remove it there first.': 'Entferne es erst dort.',
  'The callflow has no blocks yet.': 'Der Callflow hat noch keine Blöcke.',
  'Add the first block.': 'Füge den ersten Block ein.',
  'No number leads here; only other callflows can use it.':
    'Keine Nummer führt hierher; nur andere Callflows können ihn benutzen.',
  'Every way through the callflow “{{callflow}}” leads back into it: the call would never end.':
    'Jeder Weg durch den Callflow „{{callflow}}“ führt zu ihm zurück: Der Anruf endete nie.',
  'Give it a way that ends.': 'Gib ihm einen Weg, der endet.',
  'Whatever the caller keys, the callflow “{{callflow}}” starts again; only hanging up leads out.':
    'Was der Anrufer auch drückt, der Callflow „{{callflow}}“ beginnt von vorn; nur Auflegen führt hinaus.',
  'Give it a way that ends, for example after some time.':
    'Gib ihm einen Weg, der endet, zum Beispiel nach einiger Zeit.',
  '“{{label}}” must be of type {{type}}, but it is {{kind}}.':
    '„{{label}}“ muss vom Typ {{type}} sein, ist aber {{kind}}.',
  '“{{label}}” is {{number}}; it must be at least {{minimum}}{{unit}}.':
    '„{{label}}“ ist {{number}}; erlaubt ist mindestens {{minimum}}{{unit}}.',
  '“{{label}}” is {{number}}; it must be at most {{maximum}}{{unit}}.':
    '„{{label}}“ ist {{number}}; erlaubt ist höchstens {{maximum}}{{unit}}.',
  '“{{label}}” is {{number}}; it must be from {{minimum}} to {{maximum}}{{unit}}.':
    '„{{label}}“ ist {{number}}; erlaubt ist {{minimum}} bis {{maximum}}{{unit}}.',
  '“{{label}}” must be one of {{allowed}}.': '„{{label}}“ muss eins sein von {{allowed}}.',
  '“{{label}}” must be a whole number that fits into 64 bits.':
    '„{{label}}“ muss eine ganze Zahl sein, die in 64 Bit passt.',
  '“{{label}}” is a string; it is read as the number {{number}}.':
    '„{{label}}“ ist ein Text; er wird als die Zahl {{number}} gelesen.',
  'Write it without quotes.': 'Schreib das ohne Anführungszeichen.',
  '“{{label}}” has {{number}} characters; at most {{maximum}} are allowed.':
    '„{{label}}“ hat {{number}} Zeichen; höchstens {{maximum}} sind erlaubt.',
  'Shorten it.': 'Kürze das.',
  '“{{label}}” needs at least {{minimum}} characters.':
    '„{{label}}“ braucht mindestens {{minimum}} Zeichen.',
  '“{{label}}” does not have the form that is wanted here.':
    '„{{label}}“ hat nicht die Form, die hier verlangt ist.',
  '“{{label}}” is a string; it is read as true or false.':
    '„{{label}}“ ist ein Text; er wird als true oder false gelesen.',
  '“{{label}}” is empty.': '„{{label}}“ ist leer.',
  'Choose a {{target}}.': 'Wähle etwas: {{target}}.',
  '“{{label}}” is a path or an address; these are never opened.':
    '„{{label}}“ ist ein Pfad oder eine Adresse; so etwas wird nie geöffnet.',
  '“{{label}}” is no id: 1 to 64 letters, digits, - or _.':
    '„{{label}}“ ist keine ID: 1 bis 64 Buchstaben, Ziffern, - oder _.',
  'Add the {{target}} to the account and refer to it by its id.':
    'Leg das im Konto an ({{target}}), und nenne seine ID.',
  '“{{label}}” has {{number}} entries; at most {{maximum}} are allowed.':
    '„{{label}}“ hat {{number}} Einträge; höchstens {{maximum}} sind erlaubt.',
  '“{{label}}” is missing.': '„{{label}}“ fehlt.',
  '“{{key}}” is kept, but has no effect here.':
    '„{{key}}“ bleibt erhalten, hat hier aber keine Wirkung.',
  'Check the spelling, or remove it.': 'Prüfe die Schreibweise, oder entferne das.',
  '{{code}}: {{explanation}}': '{{code}}: {{explanation}}',
  'No SIP code is chosen; 486 Busy Here is sent.':
    'Kein SIP-Code ist gewählt; gesendet wird 486 Busy Here.',
  'This is no SIP code: one is a whole number from 300 to 699.':
    'Das ist kein SIP-Code: Der ist eine ganze Zahl von 300 bis 699.',
  'The header {{header}} is added by itself.': 'Der Header {{header}} kommt von selbst dazu.',
  '{{code}} cannot be sent from here. {{explanation}}':
    '{{code}} kann von hier nicht gesendet werden. {{explanation}}',
  '608 Rejected without contact data: {{explanation}}':
    '608 Rejected ohne Kontaktdaten: {{explanation}}',
  'Fill the contact data, or use 607.': 'Fülle die Kontaktdaten aus, oder nimm 607.',
  '608 Rejected without contact data needs an announcement that says whom to ask.':
    '608 Rejected ohne Kontaktdaten braucht eine Ansage, die sagt, wen man fragen kann.',
  '{{code}} needs the addresses that the caller shall try instead. {{explanation}}':
    '{{code}} braucht die Adressen, die der Anrufer stattdessen versuchen soll. {{explanation}}',
  'Byte {{byte}} of the message: {{what}}.': 'Byte {{byte}} der Message: {{what}}.',
  'Write “{{repaired}}”, for example.': 'Schreib zum Beispiel „{{repaired}}“.',
  'Many phones show only ASCII characters of the message; it is sent as it stands.':
    'Viele Telefone zeigen von der Message nur ASCII-Zeichen; gesendet wird sie, wie sie da steht.',
  'Retry-After is a whole number of seconds from 0 to {{maximum}}.':
    'Retry-After ist eine ganze Zahl von Sekunden von 0 bis {{maximum}}.',
  '{{code}} does not carry Retry-After (RFC 3261 20.33).':
    '{{code}} hat kein Retry-After (RFC 3261 20.33).',
  'Only 404, 413, 480, 486, 500, 503, 600 and 603 do.':
    'Nur 404, 413, 480, 486, 500, 503, 600 und 603 haben es.',
  'A Q.850 cause is a whole number from 1 to 127, or “none”.':
    'Eine Ursache nach Q.850 ist eine ganze Zahl von 1 bis 127, oder „none“.',
  'This must be an array of addresses.': 'Das muss eine Liste von Adressen sein.',
  'At most {{maximum}} addresses are allowed.': 'Höchstens {{maximum}} Adressen sind erlaubt.',
  'This is no sip: or tel: address of at most {{maximum}} bytes.':
    'Das ist keine Adresse mit sip: oder tel: von höchstens {{maximum}} Bytes.',
  'Write it as sip:user@host or tel:+49….': 'Schreib sie wie sip:user@host oder tel:+49….',
  'The contact data is the https: or sip: address of a signed jCard, at most {{maximum}} bytes.':
    'Die Kontaktdaten sind die Adresse einer signierten jCard mit https: oder sip:, höchstens {{maximum}} Bytes.',
  'This must be an object: header name to value.':
    'Das muss ein Objekt sein: Name des Headers zu Wert.',
  'At most {{maximum}} headers are allowed.': 'Höchstens {{maximum}} Header sind erlaubt.',
  'This header may not be set here.': 'Dieser Header darf hier nicht gesetzt werden.',
  'Use X-…, Error-Info, Call-Info, Organization or Server.':
    'Nimm X-…, Error-Info, Call-Info, Organization oder Server.',
  'The value is a text of 1 to {{maximum}} bytes without control characters.':
    'Der Wert ist ein Text von 1 bis {{maximum}} Bytes ohne Steuerzeichen.',
  'The {{title}} above answers the call, so the caller gets no SIP code: the call is ended by BYE, with the code in its Reason header.':
    '„{{title}}“ darüber nimmt den Anruf an, also bekommt der Anrufer keinen SIP-Code: Der Anruf endet mit BYE, und der Code steht in dessen Header Reason.',
  'Let the block above play without answering, or put the Response before it.':
    'Lass den Block darüber spielen, ohne anzunehmen, oder stell die Response davor.',
  'This must be {{wanted}}, but it is {{kind}}.': 'Verlangt ist {{wanted}}, das ist {{kind}}.',
  'More than {{maximum}} blocks stand below each other.':
    'Mehr als {{maximum}} Blöcke stehen untereinander.',
  'Split it into several callflows.': 'Teile ihn in mehrere Callflows.',
  'The callflow has more than {{maximum}} blocks.': 'Der Callflow hat mehr als {{maximum}} Blöcke.',
  'The block does not say which action it is.': 'Der Block sagt nicht, welche Aktion er ist.',
  'Add “module”, for example "module": "response".':
    'Füge „module“ hinzu, zum Beispiel "module": "response".',
  'The name of an action has 1 to {{maximum}} printable characters.':
    'Der Name einer Aktion hat 1 bis {{maximum}} druckbare Zeichen.',
  'The data nests deeper than {{maximum}} levels.':
    'Die Daten sind tiefer als {{maximum}} Ebenen geschachtelt.',
  "A block's id is 1 to 64 letters, digits, - or _.":
    'Die ID eines Blocks ist 1 bis 64 Buchstaben, Ziffern, - oder _.',
  'Remove it, and one is made.': 'Entferne sie, dann wird eine vergeben.',
  'The name of a branch has 1 to {{maximum}} bytes and no control characters.':
    'Der Name eines Zweigs hat 1 bis {{maximum}} Bytes und keine Steuerzeichen.',
  'Use “_” for the way that is always taken.': 'Nimm „_“ für den Weg, der immer genommen wird.',
  'Another block has the id “{{id}}” too; this one is now “{{new}}”.':
    'Auch ein anderer Block hat die ID „{{id}}“; dieser ist jetzt „{{new}}“.',
  'The name has {{number}} characters; at most {{maximum}} are allowed.':
    'Der Name hat {{number}} Zeichen; höchstens {{maximum}} sind erlaubt.',
  'The name contains a control character.': 'Der Name enthält ein Steuerzeichen.',
  'Remove it.': 'Entferne das.',
  'An id is 1 to 64 letters, digits, - or _.':
    'Eine ID ist 1 bis 64 Buchstaben, Ziffern, - oder _.',
  '“id” and “_id” differ; “id” ({{id}}) counts.':
    '„id“ und „_id“ sind verschieden; es gilt „id“ ({{id}}).',
  '{{number}} entries; at most {{maximum}} are allowed.':
    '{{number}} Einträge; höchstens {{maximum}} sind erlaubt.',
  'A number has 1 to {{maximum}} digits, letters, or the characters * # + - . and _.':
    'Eine Nummer hat 1 bis {{maximum}} Ziffern, Buchstaben oder Zeichen * # + - . und _.',
  'Write it as it is dialled; “no_match” catches all other numbers.':
    'Schreib sie, wie sie gewählt wird; „no_match“ fängt alle anderen Nummern.',
  'A pattern has 1 to {{maximum}} bytes.': 'Ein Muster hat 1 bis {{maximum}} Bytes.',
  'A callflow is a JSON object, but this is {{kind}}.':
    'Ein Callflow ist ein JSON-Objekt, das hier ist aber {{kind}}.',
  'The callflow was taken out of its envelope {"data": …}; the rest of the envelope is not kept.':
    'Der Callflow wurde aus seiner Hülle {"data": …} genommen; der Rest der Hülle bleibt nicht erhalten.',
  'This is one block, not a whole callflow.': 'Das ist ein einzelner Block, kein ganzer Callflow.',
  'Put it into a document: {"name": …, "numbers": […], "flow": <block>}.':
    'Setz ihn in ein Dokument: {"name": …, "numbers": […], "flow": <Block>}.',
  'The document has no “flow”, so it is not a callflow.':
    'Das Dokument hat kein „flow“, also ist es kein Callflow.',
  'Add the first block: "flow": {"module": …, "data": {…}}.':
    'Füge den ersten Block ein: "flow": {"module": …, "data": {…}}.',
  'With the ids of its blocks the document is larger than {{maximum}} bytes.':
    'Mit den IDs seiner Blöcke ist das Dokument größer als {{maximum}} Bytes.',
  'The JSON text ends too early.': 'Der JSON-Text endet zu früh.',
  'Check that the file is whole.': 'Prüfe, ob die Datei vollständig ist.',
  'Comments are not JSON.': 'Kommentare sind kein JSON.',
  'Remove the comment.': 'Entferne den Kommentar.',
  'NaN and Infinity are not JSON.': 'NaN und Infinity sind kein JSON.',
  'Use a number or null.': 'Nimm eine Zahl oder null.',
  'Strings stand in double quotes.': 'Texte stehen in doppelten Anführungszeichen.',
  'Use "…".': 'Nimm "…".',
  'This is not JSON: a comma too many, or a value missing.':
    'Das ist kein JSON: ein Komma zu viel, oder ein Wert fehlt.',
  '{{what}} ({{place}})': '{{what}} ({{place}})',
  'The document nests too deep: at most {{maximum}} blocks stand below each other.':
    'Das Dokument ist zu tief geschachtelt: Höchstens {{maximum}} Blöcke stehen untereinander.',
  'The document has {{number}} bytes; at most {{maximum}} are allowed.':
    'Das Dokument hat {{number}} Bytes; höchstens {{maximum}} sind erlaubt.',
  'The document is empty.': 'Das Dokument ist leer.',
  'Check the file.': 'Prüfe die Datei.',
  'Something follows after the end of the JSON text ({{place}}).':
    'Nach dem Ende des JSON-Texts kommt noch etwas ({{place}}).',
  'A {{target}} is a JSON object, but this is {{kind}}.':
    'Ein JSON-Objekt ist verlangt ({{target}}), das hier ist aber {{kind}}.',
  '{{name}} must be {{wanted}}, but it is {{kind}}.':
    '{{name}}: Verlangt ist {{wanted}}, das ist {{kind}}.',
  '{{name}} contains a control character.': '{{name}} enthält ein Steuerzeichen.',
  '{{name}} has {{number}} characters; {{minimum}} to {{maximum}} are allowed.':
    '{{name}} hat {{number}} Zeichen; {{minimum}} bis {{maximum}} sind erlaubt.',
  '{{name}} has to be {{wanted}}.': '{{name}}, verlangt: {{wanted}}.',
  '{{name}} has to be a whole number from {{minimum}} to {{maximum}}.':
    '{{name}} muss eine ganze Zahl von {{minimum}} bis {{maximum}} sein.',
  '{{name}} has to be one of: {{allowed}}.': '{{name}} muss eins sein von: {{allowed}}.',
  '{{name}} has {{number}} entries; at most {{maximum}} are allowed.':
    '{{name}} hat {{number}} Einträge; höchstens {{maximum}} sind erlaubt.',
  'Every item of {{name}} has to be {{wanted}}.':
    '{{name}}, für jeden Eintrag verlangt: {{wanted}}.',
  'Every item of {{name}} has to be an object.': 'Jeder Eintrag von {{name}} muss ein Objekt sein.',
  '{{name}}: {{wanted}}.': '{{name}}: {{wanted}}.',
  'This is no object.': 'Das ist kein Objekt.',
  'There is no media “{{id}}”.': 'Die Mediendatei „{{id}}“ gibt es nicht.',
  'Choose another, or upload it.': 'Wähle eine andere, oder lade sie hoch.',
  'Calls are forwarded, but it is not said where to.':
    'Anrufe werden weitergeleitet, aber wohin, ist nicht gesagt.',
  'Give a number, or set enabled to false.': 'Gib eine Nummer an, oder schalte das ab.',
  'A device has at most {{maximum}} headers of its own.':
    'Ein Gerät hat höchstens {{maximum}} eigene Header.',
  'Choose a name like X-Department.': 'Wähle einen Namen wie X-Department.',
  'The value has at most {{maximum}} bytes.': 'Der Wert hat höchstens {{maximum}} Bytes.',
  "A device's document holds no secret.": 'Das Dokument eines Geräts enthält kein Passwort.',
  'Take it out; a secret is set by itself.': 'Nimm es heraus; ein Passwort wird für sich gesetzt.',
  'A phone is asked every 15 to 3600 seconds whether it is there; 0: never.':
    'Ein Telefon wird alle 15 bis 3600 Sekunden gefragt, ob es da ist; 0: nie.',
  'A phone needs a username to register with.':
    'Ein Telefon braucht einen Benutzernamen, mit dem es sich anmeldet.',
  'A device of the type sip_uri needs the address to call.':
    'Ein Gerät vom Typ sip_uri braucht die Adresse, die angerufen wird.',
  'A {{type}} is called by its number, and there is none.':
    'Angerufen wird die Nummer ({{type}}), und es gibt keine.',
  'Set call_forward to {"enabled": true, "number": …}.':
    'Setze call_forward auf {"enabled": true, "number": …}.',
  'A device needs a name.': 'Ein Gerät braucht einen Namen.',
  'It is not said who shall ring.': 'Es ist nicht gesagt, bei wem es läuten soll.',
  'A ring group needs a name.': 'Eine Rufgruppe braucht einen Namen.',
  'A seat needs a first or a last name.': 'Ein Platz braucht einen Vor- oder Nachnamen.',
  'A rule for one date needs it.': 'Eine Regel für ein Datum braucht es.',
  'Give start_date as 2026-12-24.': 'Wähle es aus.',
  'This is no date: 2026-12-24, or seconds since the year 0.':
    'Das ist kein Datum: 2026-12-24, oder Sekunden seit dem Jahr 0.',
  'The days of a month are 1 to 31.': 'Die Tage eines Monats sind 1 bis 31.',
  'The window begins and ends at the same time.':
    'Das Zeitfenster beginnt und endet zur selben Zeit.',
  'The whole day is 0 to 86400.': 'Der ganze Tag ist 00:00 bis 00:00.',
  'The day is over then.': 'Da ist der Tag vorbei.',
  'Give the seconds after midnight at which the window begins.':
    'Gib die Sekunden nach Mitternacht an, zu denen das Zeitfenster beginnt.',
  'A weekly rule needs days of the week.': 'Eine wöchentliche Regel braucht Wochentage.',
  'Give wdays, such as ["monday"].': 'Wähle mindestens einen Wochentag.',
  'It is not said on which days of the month.': 'Es ist nicht gesagt, an welchen Tagen des Monats.',
  'Give days, such as [24], or ordinal and wdays.': 'Gib Tage an, wie 24, oder wähle Wochentage.',
  'A yearly rule needs a month.': 'Eine jährliche Regel braucht einen Monat.',
  'Give month, 1 to 12.': 'Gib den Monat an, 1 bis 12.',
  'A rule needs a name.': 'Eine Regel braucht einen Namen.',
  'It is not said how it repeats.': 'Es ist nicht gesagt, wie sie sich wiederholt.',
  'A rule set needs a name.': 'Eine Regelgruppe braucht einen Namen.',
  'An address needs a host.': 'Eine Adresse braucht einen Host.',
  "A trunk's document holds no password.": 'Das Dokument eines Trunks enthält kein Passwort.',
  'Take it out; it is set by itself.': 'Nimm es heraus; es wird für sich gesetzt.',
  'A trunk has at most {{maximum}} headers of its own.':
    'Ein Trunk hat höchstens {{maximum}} eigene Header.',
  'Choose a name like X-Account.': 'Wähle einen Namen wie X-Account.',
  'The number that is always shown is not given.':
    'Die Nummer, die immer gezeigt wird, ist nicht angegeben.',
  'A trunk needs a name.': 'Ein Trunk braucht einen Namen.',
  'To register at the carrier, an address and outbound.username are needed.':
    'Um sich beim Anbieter anzumelden, sind eine Adresse und ein Benutzername nötig.',
  'Whoever answers at this address is taken for the carrier, whatever its certificate says.':
    'Wer sich an dieser Adresse meldet, gilt als der Anbieter, was auch sein Zertifikat sagt.',
  'Put the authority that signed it into the file of sip.ca, and take this out.':
    'Setze die Stelle, die es signiert hat, in die Datei von sip.ca, und nimm das hier heraus.',
  'Not all of its addresses are reached by TLS: there the keys can be read on the way.':
    'Nicht alle seine Adressen werden mit TLS erreicht: Dort sind die Schlüssel unterwegs lesbar.',
  'Choose TLS as their transport.': 'Wähle TLS als ihren Transport.',
  'This group rings the group that it is in.':
    'Diese Gruppe lässt die Gruppe läuten, in der sie selbst ist.',
  'Take it out.': 'Nimm sie heraus.',
  'Groups nest at most {{maximum}} deep.': 'Gruppen sind höchstens {{maximum}} tief geschachtelt.',
  'Put the members of the inner group here.': 'Setze die Mitglieder der inneren Gruppe hierher.',
  '{{name}} is missing: a text of {{minimum}} to {{maximum}} characters, without control characters.':
    '{{name}} fehlt: ein Text von {{minimum}} bis {{maximum}} Zeichen, ohne Steuerzeichen.',
  '{{name}} has to be a text of {{minimum}} to {{maximum}} characters, without control characters.':
    '{{name}} muss ein Text von {{minimum}} bis {{maximum}} Zeichen sein, ohne Steuerzeichen.',
  '{{name}} has to be true or false.': '{{name}} muss true oder false sein.',
  '{{name}} has to be a list of at most {{maximum}} texts.':
    '{{name}} muss eine Liste von höchstens {{maximum}} Texten sein.',
  'Every item of {{name}} has to be a text of {{minimum}} to {{maximum}} characters, without control characters.':
    'Jeder Eintrag von {{name}} muss ein Text von {{minimum}} bis {{maximum}} Zeichen sein, ohne Steuerzeichen.',
  '{{name}} has to be an object.': '{{name}} muss ein Objekt sein.',
  'The id has to be that of the address.': 'Die ID muss die der Adresse sein.',
  "The callflow has errors, so it can't go live.":
    'Der Callflow hat Fehler und kann nicht live gehen.',
  "The document's id is not that of the address.":
    'Die ID des Dokuments ist nicht die der Adresse.',
  'Other callflows run this one.': 'Andere Callflows benutzen diesen.',
  'A number has digits, letters and - . _ * # + only.':
    'Eine Nummer hat nur Ziffern, Buchstaben und - . _ * # +.',
  'The password is missing; an empty one takes it away.':
    'Das Passwort fehlt; ein leeres nimmt es weg.',
  'This trunk does not log in here: give it a login.username first.':
    'Dieser Trunk meldet sich hier nicht an: Gib ihm erst einen Namen für die Anmeldung.',
  'There are too many roles.': 'Das sind zu viele Rollen.',
  'A role is viewer, editor or admin, by account id.':
    'Eine Rolle ist viewer, editor oder admin, je Konto.',
  'Too many passwords are being set; try again.':
    'Zu viele Passwörter werden gerade gesetzt; versuch es noch einmal.',
  'The id has to be that of the address: letters, digits, - and _.':
    'Die ID muss die der Adresse sein: Buchstaben, Ziffern, - und _.',
  'There is no such user.': 'Diesen Benutzer gibt es nicht.',
  'That is beyond the accounts that you administer.':
    'Das geht über die Konten hinaus, die du verwaltest.',
  "A token can't set passwords.": 'Ein Token kann keine Passwörter setzen.',
  'This is not your password.': 'Das ist nicht dein Passwort.',
  'Too many attempts; try again later.': 'Zu viele Versuche; versuch es später noch einmal.',
  'The current password is wrong.': 'Das jetzige Passwort ist falsch.',
  'A token needs a time when it ends.': 'Ein Token braucht eine Zeit, zu der es endet.',
  'A token may not do more than its user.': 'Ein Token darf nicht mehr als sein Benutzer.',
  "A token can't make tokens.": 'Ein Token kann keine Tokens anlegen.',
  'There is no such voice.': 'Diese Stimme gibt es nicht.',
  'A digit is {"digit": one of 0-9*#A-D, "at_ms": …}.':
    'Eine Ziffer ist {"digit": eins von 0-9*#A-D, "at_ms": …}.',

  // What is found, what is wanted, and kinds of things
  null: 'null',
  'true or false': 'true oder false',
  'a number': 'eine Zahl',
  'a string': 'ein Text',
  'a text': 'ein Text',
  'a list': 'eine Liste',
  'an array': 'eine Liste',
  'an array of strings': 'eine Liste von Texten',
  'an object': 'ein Objekt',
  'an object of blocks': 'ein Objekt aus Blöcken',
  'a block': 'ein Block',
  'the name of an action': 'der Name einer Aktion',
  integer: 'ganze Zahl',
  string: 'Text',
  boolean: 'true oder false',
  ref: 'Verweis',
  object: 'Objekt',
  array: 'Liste',
  media: 'Mediendatei',
  callflow: 'Callflow',
  menu: 'Menü',
  seat: 'Platz',
  device: 'Gerät',
  'ring group': 'Rufgruppe',
  'Time of Day rule': 'Time-of-Day-Regel',
  'Time of Day rule set': 'Regelgruppe',
  rule: 'Regel',
  'rule set': 'Regelgruppe',
  trunk: 'Trunk',
  'the id of a seat, a device or a ring group':
    'die ID eines Platzes, eines Geräts oder einer Rufgruppe',
  'the id of a sound': 'die ID einer Mediendatei',
  'the id of a media file': 'die ID einer Mediendatei',
  'the id of a seat': 'die ID eines Platzes',
  'the id of a rule': 'die ID einer Regel',
  'an address like anna@example.com': 'eine Adresse wie anna@example.com',
  'digits as they are dialled': 'Ziffern, wie sie gewählt werden',
  'a time zone like Europe/Berlin': 'eine Zeitzone wie Europe/Berlin',
  'a time zone such as Europe/Berlin': 'eine Zeitzone wie Europe/Berlin',
  'a language tag like en or de-DE': 'eine Sprache wie en oder de-DE',
  'the name of a class of numbers': 'der Name einer Nummernklasse',
  'a day of the week, such as monday': 'ein Wochentag wie monday',
  'a name like sip.example.net, or an IP address':
    'ein Name wie sip.example.net oder eine IP-Adresse',
  'a name like sip.example.net': 'ein Name wie sip.example.net',
  '1 to 64 letters, digits, or - . _ ~ + *': '1 bis 64 Buchstaben, Ziffern oder - . _ ~ + *',
  '1 to 64 letters, digits, or the characters - . _ ~ + *':
    '1 bis 64 Buchstaben, Ziffern oder Zeichen - . _ ~ + *',
  '1 to 64 letters, digits, - or _': '1 bis 64 Buchstaben, Ziffern, - oder _',
  'an IP address, or a network like 192.0.2.0/24': 'eine IP-Adresse oder ein Netz wie 192.0.2.0/24',
  'letters, digits, or - . _ ~ + * @': 'Buchstaben, Ziffern oder - . _ ~ + * @',
  'digits, + * or #, at most 16': 'Ziffern, + * oder #, höchstens 16',
  'digits, + in front': 'Ziffern, + davor',
  'a SIP address like sip:door@192.0.2.7': 'eine SIP-Adresse wie sip:door@192.0.2.7',
  'an object with name and pattern, both texts': 'ein Objekt mit name und pattern, beides Texte',
  '1 to 32 small letters, digits, - or _': '1 bis 32 kleine Buchstaben, Ziffern, - oder _',
  'there is no such setting': 'diese Einstellung gibt es nicht',
  '0 for never, or a whole number from 15 to 3600':
    '0 für nie, oder eine ganze Zahl von 15 bis 3600',
  'an object of responses by cause': 'ein Objekt von Antworten nach Ursache',
  'no cause, such as USER_BUSY or NO_ANSWER': 'keine Ursache wie USER_BUSY oder NO_ANSWER',
  'an object with code, message and media': 'ein Objekt mit code, message und media',
  'only code, message and media are understood here':
    'nur code, message und media werden hier verstanden',
  'a line break would start a new header': 'ein Zeilenumbruch begänne einen neuen Header',
  'a NUL character ends the text for many phones':
    'ein NUL-Zeichen beendet den Text für viele Telefone',
  'a control character is not allowed': 'ein Steuerzeichen ist nicht erlaubt',
  'a percent sign must be written %25': 'ein Prozentzeichen wird %25 geschrieben',
  'this is not valid UTF-8': 'das ist kein gültiges UTF-8',
};
